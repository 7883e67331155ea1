import { rmSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PAGES, ROOT } from "./markdown.js";
import { quarterdeck, run } from "./quarterdeck.js";
import { SAMPLE_PAGES, writeSamples } from "./samples.js";

const { folder, samples } = writeSamples();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tool = (path: string) => join(ROOT, "node_modules", path);
const configs = samples.filter(({ file }) => basename(file).endsWith("config.ts"));
const tests = samples.filter(({ file }) => file.endsWith(".test.ts"));

describe.concurrent("the samples", () => {
  it("are whole files but for a few", () => {
    expect(samples.length).toBeGreaterThan(20);
    const partial = PAGES.flatMap(({ path, blocks }) =>
      blocks.filter(({ language }) => language === "ts ignore").map(({ line }) => `${path}:${line}`),
    );
    expect(partial).toEqual([]);
    const fragments = SAMPLE_PAGES.filter(({ path }) => !path.startsWith("docs/examples/")).flatMap(
      ({ path, blocks }) =>
        blocks
          .filter(({ language, text }) => language === "ts" && !/^import /m.test(text))
          .map(({ line }) => `${path}:${line}`),
    );
    expect(fragments).toEqual([]);
  });

  it("compile", { timeout: 120_000 }, async () => {
    const { stdout } = await run(
      process.execPath,
      [tool("typescript/bin/tsc"), "-p", folder, "--pretty", "false"],
      ROOT,
    );
    // Errors elsewhere are for `npm run typecheck` to tell.
    const inside = stdout
      .split("\n")
      .filter((line) => line.startsWith(relative(ROOT, folder)) && line.includes("error TS"));
    expect(inside).toEqual([]);
  });

  it.each(configs.map(({ source, file }) => [source, file] as const))(
    "%s is a config that the server takes",
    async (_source, file) => {
      const { code, stdout, stderr } = await quarterdeck(["describe", "--config", basename(file)], dirname(file));
      expect(stderr).toBe("");
      expect(stdout).toContain("PLUGINS");
      expect(code).toBe(0);
    },
  );

  it("pass when they are tests", { timeout: 120_000 }, async () => {
    const { code, stdout, stderr } = await run(
      process.execPath,
      [tool("vitest/vitest.mjs"), "run", "--root", folder],
      folder,
    );
    expect(`${stdout}${stderr}`).toMatch(new RegExp(`Test Files +${tests.length} passed`));
    expect(code).toBe(0);
  });

  it("serve the resource of the README", async () => {
    const { stdout } = await quarterdeck(["describe", "resources"], join(folder, "README"));
    expect(stdout).toMatch(/^caches\.data\.example\.com +Cache +namespaced +v1\*/m);
  });
});
