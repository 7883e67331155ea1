import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const EXAMPLES = fileURLToPath(new URL(".", import.meta.url));
const BINARY = join(EXAMPLES, "..", "..", "packages", "cli", "bin", "quarterdeck.js");
const NAMES = readdirSync(EXAMPLES, { withFileTypes: true }).filter((one) => one.isDirectory());

/** Runs the binary in a folder of its own; the outcome is its exit code and all that it said. */
async function quarterdeck(...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const cwd = await mkdtemp(join(tmpdir(), "quarterdeck-example-"));
  const child = spawn(process.execPath, [BINARY, ...args], { cwd });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  await rm(cwd, { recursive: true });
  return { code, output };
}

/** What `describe` must show of an example. */
const SHOWN: { readonly [example: string]: RegExp } = {
  "authn-shared-key": /^shared-key +authenticator +0\.1\.0/m,
  environment: /^environments\.delivery\.example\.com +Environment +cluster +v1\*/m,
  "field-vocabulary": /^pipelines\.build\.example\.com +Pipeline +namespaced +v1\*/m,
  "read-only": /^read-only +filter +0\.1\.0/m,
  "require-team-label": /^require-team-label +admission +0\.1\.0/m,
  rollout: /^rollouts\.delivery\.example\.com +Rollout +namespaced +v1\*, v1beta1, v2alpha1 \(off\)/m,
};

it("knows all examples", () => {
  expect(NAMES.map(({ name }) => name)).toEqual(Object.keys(SHOWN));
});

it.each(Object.entries(SHOWN))("the config of %s is one that the server takes", async (name, shown) => {
  const { code, output } = await quarterdeck("describe", "--config", join(EXAMPLES, name, "apiserver.config.ts"));
  expect(output).toMatch(shown);
  expect(code).toBe(0);
});

it.each(NAMES.map(({ name }) => name))("%s is a package of its own that imports the public API only", async (name) => {
  const manifest: { [key: string]: object } = JSON.parse(await readFile(join(EXAMPLES, name, "package.json"), "utf8"));
  expect(manifest).toMatchObject({ name: `@example/${name}`, private: true, exports: { ".": "./src/index.ts" } });
  expect(Object.keys(manifest.dependencies ?? {}).join(" ")).toMatch(/^(@quarterdeck\/meta )?@quarterdeck\/sdk$/);
  expect(Object.keys(manifest.devDependencies ?? {})).toEqual(["@quarterdeck/testing"]);
  const files = readdirSync(join(EXAMPLES, name, "src")).filter((file) => !file.endsWith(".test.ts"));
  for (const file of files) {
    const text = await readFile(join(EXAMPLES, name, "src", file), "utf8");
    for (const [, target = ""] of text.matchAll(/from "([^"]+)"/g))
      expect(target).toMatch(/^(\.\/|node:|@quarterdeck\/(meta|sdk)$)/);
  }
});
