import { afterEach, describe, expect, it } from "vitest";
import { type Run, Workspace } from "./spawn.fixture.js";

let workspace: Workspace | undefined;

afterEach(() => workspace?.dispose());

async function describePlugins(
  files: { readonly [path: string]: string },
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Run> {
  workspace = await Workspace.create(files);
  const run = await workspace.run(["describe", "plugins", ...args], env);
  return { ...run, stderr: run.stderr.replaceAll(workspace.directory, "<dir>") };
}

function yaml(text: string, more: { readonly [path: string]: string } = {}): { readonly [path: string]: string } {
  return { "apiserver.config.yaml": text, ...more };
}

const SDK = `import { definePlugin, Field, Injectable, Logger, Resource, ApiObject, Spec } from "@quarterdeck/sdk";\n`;
const PLUGIN = `${SDK}
class Options { @Field({ type: "integer", default: 1 }) limit!: number; }
@Injectable() class Thing { constructor(readonly options: Options, readonly logger: Logger) {} validate() {} }
export default definePlugin({ kind: "admission", name: "thing", options: Options, plugin: Thing });`;

const cases: readonly (readonly [what: string, files: { readonly [path: string]: string }, line: string])[] = [
  [
    "an unknown key",
    yaml("sever: {}"),
    'unknown key "sever" at sever = {} in apiserver.config.yaml; did you mean "server"?',
  ],
  [
    "an unknown key of a section",
    yaml("server: { prot: 1 }"),
    'unknown key "prot" at server.prot = 1 in apiserver.config.yaml; did you mean "port"?',
  ],
  [
    "a wrong type",
    yaml("server: { port: abc }"),
    'must be of type integer: "string" at server.port = "abc" in apiserver.config.yaml',
  ],
  [
    "a value out of bounds",
    yaml("server: { port: 65536 }"),
    "should be less than or equal to 65535 at server.port = 65536 in apiserver.config.yaml",
  ],
  ["a section that is no object", yaml("server: 1"), "must be an object at server = 1 in apiserver.config.yaml"],
  [
    "a list that is none",
    yaml("admission: namespace-lifecycle"),
    'must be a list at admission = "namespace-lifecycle" in apiserver.config.yaml',
  ],
  [
    "an unknown plugin",
    yaml("admission: [namespace-lifecycle, namespace-livecycle]"),
    'no admission plugin or package has this name at admission[1] = "namespace-livecycle" in apiserver.config.yaml; did you mean "namespace-lifecycle"?',
  ],
  [
    "an unknown package",
    yaml('admission: ["@acme/admission-cost"]'),
    'no admission plugin or package has this name at admission[0] = "@acme/admission-cost" in apiserver.config.yaml',
  ],
  [
    "a path without ./",
    yaml("admission: [plugins/thing.ts]", { "plugins/thing.ts": PLUGIN }),
    'no admission plugin or package has this name at admission[0] = "plugins/thing.ts" in apiserver.config.yaml; did you mean "./plugins/thing.ts"?',
  ],
  [
    "a plugin of the wrong kind by name",
    yaml("admission: [anonymous]"),
    '"anonymous" is an authenticator plugin, it belongs under authentication at admission[0] = "anonymous" in apiserver.config.yaml',
  ],
  [
    "a plugin of the wrong kind by path",
    yaml("authorization: [./thing.ts]", { "thing.ts": PLUGIN }),
    '"thing" is an admission plugin, it belongs under admission at authorization[0] = "./thing.ts" in apiserver.config.yaml',
  ],
  [
    "a plugin of another contract version",
    yaml("admission: [./old.mjs]", {
      "old.mjs": `export default { [Symbol.for("quarterdeck.sdk/Plugin")]: true, contract: 0, kind: "admission", name: "old", plugin: class {} };`,
    }),
    '"old" was built for version 0 of the admission contract, this server speaks version 1 at admission[0] = "./old.mjs" in apiserver.config.yaml',
  ],
  [
    "a file that does not exist",
    yaml("admission: [./nothing.ts]"),
    'the file <dir>/nothing.ts does not exist at admission[0] = "./nothing.ts" in apiserver.config.yaml',
  ],
  [
    "a module whose own import fails",
    yaml("admission: [./broken.mjs]", { "broken.mjs": `import "./gone.mjs";` }),
    "<dir>/broken.mjs cannot be loaded because an import of it fails: Cannot find module '<dir>/gone.mjs' imported from <dir>/broken.mjs " +
      'at admission[0] = "./broken.mjs" in apiserver.config.yaml',
  ],
  [
    "a module whose package is not installed",
    yaml("admission: [./broken.mjs]", { "broken.mjs": `import "not-installed";` }),
    "<dir>/broken.mjs cannot be loaded because an import of it fails: Cannot find package 'not-installed' imported from <dir>/broken.mjs " +
      'at admission[0] = "./broken.mjs" in apiserver.config.yaml',
  ],
  [
    "a module that throws",
    yaml("admission: [./throws.mjs]", { "throws.mjs": `throw new TypeError("on purpose");` }),
    '<dir>/throws.mjs cannot be loaded: TypeError: on purpose at admission[0] = "./throws.mjs" in apiserver.config.yaml',
  ],
  [
    "a module without a plugin",
    yaml("admission: [./empty.mjs]", { "empty.mjs": "export const a = 1;" }),
    '<dir>/empty.mjs does not export a plugin as default: write export default definePlugin({ … }) at admission[0] = "./empty.mjs" in apiserver.config.yaml',
  ],
  [
    "an unknown option",
    yaml("admission: [[./thing.ts, { limits: 1 }]]", { "thing.ts": PLUGIN }),
    'unknown option of "thing" "limits" at admission[0][1].limits = 1 in apiserver.config.yaml; did you mean "limit"?',
  ],
  [
    "an option of the wrong type",
    yaml("admission: [[./thing.ts, { limit: many }]]", { "thing.ts": PLUGIN }),
    'must be of type integer: "string" at admission[0][1].limit = "many" in apiserver.config.yaml',
  ],
  [
    "options of a plugin without any",
    yaml("authentication: [[client-certificate, { groups: [] }]]"),
    '"client-certificate" takes no options at authentication[0][1].groups = [] in apiserver.config.yaml',
  ],
  [
    "a syntax error in TypeScript",
    { "apiserver.config.ts": "export default {\n  server: [\n};\n" },
    "syntax error: <dir>/apiserver.config.ts:3:1: Unexpected token in apiserver.config.ts",
  ],
  [
    "a syntax error in JavaScript",
    { "apiserver.config.mjs": "export default {\n  server: [\n};\n" },
    "syntax error: <dir>/apiserver.config.mjs:3: Unexpected token '}' in apiserver.config.mjs",
  ],
  [
    "a syntax error in a plugin",
    yaml("admission: [./bad.ts]", { "bad.ts": "export default (;" }),
    'syntax error: <dir>/bad.ts:1:17: Unexpected token at admission[0] = "./bad.ts" in apiserver.config.yaml',
  ],
  [
    "no default export",
    { "apiserver.config.ts": "export const config = {};" },
    "the config has no default export: write export default defineConfig({ … }) in apiserver.config.ts",
  ],
  [
    "a decorated class with a mistake",
    yaml("resources: [./thing.ts]", {
      "thing.ts": `${SDK}class S { @Field({ type: "int" as "integer" }) a!: number; }
@Resource({ group: "x.example.com", version: "v1", kind: "Thing" }) export class Thing extends ApiObject<S> { @Spec() override spec!: S; }`,
    }),
    '<dir>/thing.ts: S.a: unknown field type: "int" at resources[0] = "./thing.ts" in apiserver.config.yaml',
  ],
  [
    "a module without resources",
    yaml("resources: [./thing.mjs]", { "thing.mjs": "export class Thing {}" }),
    '<dir>/thing.mjs exports neither a resource class (decorated with @Resource) nor a resource pack at resources[0] = "./thing.mjs" in apiserver.config.yaml',
  ],
];

describe("a mistake in the config", () => {
  it.each(cases)("%s is told in one line, exit code 2", async (_what, files, line) => {
    const run = await describePlugins(files);
    expect(run).toEqual({ code: 2, stdout: "", stderr: `error: ${line}\n` });
  });

  it("names a syntax error of JSON and of YAML with its place", async () => {
    const json = await describePlugins({ "apiserver.config.json": '{ "server": }' });
    expect(json.stderr).toMatch(/^error: the config cannot be read: .*JSON.* in apiserver\.config\.json\n$/);
    await workspace?.dispose();
    const bad = await describePlugins(yaml("server: [1"));
    expect(bad.stderr).toMatch(/^error: the config cannot be read: .*line 1.* in apiserver\.config\.yaml\n$/);
    expect([json.code, bad.code]).toEqual([2, 2]);
  });

  it("names the flag or the variable that is wrong", async () => {
    const flag = await describePlugins({}, ["--port", "http"]);
    expect(flag).toMatchObject({
      code: 2,
      stderr: 'error: a port is a whole number from 0 to 65535 at --port = "http"\n',
    });
    const variable = await describePlugins({}, [], { QUARTERDECK_PORT: "70000" });
    expect(variable).toMatchObject({
      code: 2,
      stderr: 'error: a port is a whole number from 0 to 65535 at QUARTERDECK_PORT = "70000"\n',
    });
    const missing = await describePlugins({}, ["--config", "nope.yaml"]);
    expect(missing).toMatchObject({ code: 2, stderr: "error: the config file does not exist in nope.yaml\n" });
  });

  it("shows the stack only with --verbose", async () => {
    const run = await describePlugins(yaml("sever: {}"), ["--verbose"]);
    expect(run.stderr.split("\n")[0]).toMatch(/^error: unknown key "sever"/);
    expect(run.stderr).toMatch(/\n {4}at /);
  });
});
