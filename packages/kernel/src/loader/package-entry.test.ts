import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPackage } from "./package-entry.js";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "quarterdeck-packages-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function install(name: string, manifest: object): Promise<void> {
  const folder = join(root, "node_modules", name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ version: "1.2.3", ...manifest }));
}

describe("findPackage", () => {
  it.each([
    ["main", { main: "lib/a.js" }, "plugin", "lib/a.js"],
    ["neither main nor exports", {}, "plugin", "index.js"],
    ["exports as a text", { exports: "./x.js" }, "plugin", "x.js"],
    ["only an import condition", { exports: { import: "./esm.js", require: "./cjs.js" } }, "plugin", "esm.js"],
    [
      "nested conditions",
      { exports: { ".": { types: "./x.d.ts", node: { require: "./c.cjs", import: "./n.js" } } } },
      "plugin",
      "n.js",
    ],
    [
      "a subpath",
      { exports: { ".": "./x.js", "./admission": { default: "./admission.js" } } },
      "plugin/admission",
      "admission.js",
    ],
    ["a subpath without exports", {}, "plugin/lib/y.js", "lib/y.js"],
  ])("follows %s", async (_what, manifest, specifier, file) => {
    await install("plugin", manifest);
    const below = join(root, "a", "b");
    expect(await findPackage(specifier, below)).toEqual({
      file: join(root, "node_modules", "plugin", file),
      version: "1.2.3",
    });
  });

  it("finds scoped packages, and nothing where there is nothing", async () => {
    await install("@acme/cost", { exports: { ".": "./x.js" } });
    expect((await findPackage("@acme/cost", root))?.file).toBe(join(root, "node_modules/@acme/cost/x.js"));
    expect(await findPackage("@acme/other", root)).toBeUndefined();
    expect(await findPackage("@acme/cost/hidden", root)).toBeUndefined();
    expect(await findPackage("Not A Package", root)).toBeUndefined();
  });
});
