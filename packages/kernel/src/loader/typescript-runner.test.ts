import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TypeScriptRunner } from "./typescript-runner.js";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "quarterdeck-runner-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function files(contents: { readonly [path: string]: string }): Promise<void> {
  for (const [path, text] of Object.entries(contents)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

function run(path: string, aliases = {}) {
  return new TypeScriptRunner(aliases).run(pathToFileURL(join(root, path)).href);
}

describe("TypeScriptRunner", () => {
  it("follows .js to .ts, JavaScript beside it, packages, aliases and re-exports", async () => {
    await files({
      "main.ts": `export * from "./a.js"; export { b as other } from "./b.mjs"; import c from "pack"; import { d } from "alias";
        import { join } from "node:path"; export const all: string = join(c, d); export const here = import.meta.filename;`,
      "a.ts": "export const a: number = 1; export default 2;",
      "b.mjs": "export const b = 3;",
      "node_modules/pack/package.json": '{ "exports": "./index.ts" }',
      "node_modules/pack/index.ts": 'const c: string = "c"; export default c;',
      "alias.mjs": 'export const d = "d";',
    });
    const exports = await run("main.ts", { alias: pathToFileURL(join(root, "alias.mjs")).href });
    expect({ ...exports }).toEqual({ a: 1, other: 3, all: "c/d", here: join(root, "main.ts") });
  });

  it("applies decorators with the types of parameters, and keeps fields without a value away", async () => {
    await files({
      "main.ts": `const seen: unknown[] = [];
        const note = (target: object) => void seen.push(Reflect.getMetadata("design:paramtypes", target));
        class Options {}
        @note class Thing { field!: string; constructor(readonly options: Options, readonly count: number) {} }
        export const types = seen[0]; export const keys = Object.keys(new Thing(new Options(), 1)); export { Options };`,
    });
    await import("reflect-metadata");
    const { types, keys, Options } = await run("main.ts");
    expect(types).toEqual([Options, Number]);
    expect(keys).toEqual(["options", "count"]);
  });

  it("runs each file once, and modules that import each other", async () => {
    await files({
      "one.ts":
        'import { two } from "./two.js"; export const one = () => "one"; export const both = () => one() + two();',
      "two.ts": 'import { one } from "./one.js"; export const two = () => "two" + one().length;',
    });
    const runner = new TypeScriptRunner({});
    const [first, second] = await Promise.all([
      runner.run(pathToFileURL(join(root, "one.ts")).href),
      runner.run(pathToFileURL(join(root, "two.ts")).href),
    ]);
    expect(first).toHaveProperty("both");
    expect((first.both as () => string)()).toBe("onetwo3");
    expect(second).toBe(await runner.run(pathToFileURL(join(root, "two.ts")).href));
  });

  it.each([
    ['import "./gone.js";', /^Cannot find module '\.\/gone\.js' imported from .*main\.ts$/],
    ['import "gone-package";', /^Cannot find package 'gone-package' imported from .*main\.ts$/],
    [
      'import { nope } from "node:path"; console.log(nope);',
      /main\.ts: the module 'node:path' does not provide an export named 'nope'$/,
    ],
    ["export const = 1;", /main\.ts:1:14: /],
    ['export const a = 1;\nthrow new Error("on line two");', /^on line two$/],
  ])("tells what is wrong with %j", async (text, message) => {
    await files({ "main.ts": text });
    await expect(run("main.ts")).rejects.toThrow(message);
  });

  it("names the file in stack traces", async () => {
    await files({ "main.ts": 'throw new Error("here");' });
    const error: unknown = await run("main.ts").catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty("stack", expect.stringContaining(`${pathToFileURL(join(root, "main.ts")).href}:1:`));
  });
});
