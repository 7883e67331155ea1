import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError, loadConfig, loadKernel, readBlueprint, resolveConfig, TextLogger } from "@quarterdeck/kernel";
import { fieldRecords } from "@quarterdeck/sdk";
import { DEFAULT_CATALOGUE } from "quarterdeck";
import { afterAll, describe, expect, it } from "vitest";
import { chainEdits } from "../../packages/kernel/src/config/chain-edits.js";
import { LoggingOptions } from "../../packages/kernel/src/config/logging-options.js";
import { ServerOptions, SniCertificateOptions } from "../../packages/kernel/src/config/server-options.js";
import { code, page, ROOT } from "./markdown.js";

const CONFIG = page("docs/reference/config.md");
const KEYS = new Map(CONFIG.section("Keys").rows.map((row) => [code(row[0]), row]));
const CLASSES = {
  server: ServerOptions,
  "server.sniCertificates[]": SniCertificateOptions,
  logging: LoggingOptions,
} as const;

const EMPTY = { shown: undefined, directory: ROOT, content: {} };

describe("the keys of docs/reference/config.md", () => {
  it("are those of the config, both ways", () => {
    const sections = [...resolveConfig(EMPTY).origins.keys()].filter((key) => !key.includes("."));
    const fields = Object.entries(CLASSES).flatMap(([name, cls]) =>
      fieldRecords(cls).map(({ property }) => `${name}.${property}`),
    );
    const documented = [...KEYS.keys()].filter((key) => !/^(?:filters\[\]|storage|audit)\./.test(key));
    expect(documented.sort()).toEqual([...sections, ...fields].sort());
  });

  it("have the defaults of the schema", () => {
    for (const [name, cls] of Object.entries(CLASSES)) {
      for (const { property, options } of fieldRecords(cls)) {
        const value = options.default;
        const cell = KEYS.get(`${name}.${property}`)?.[2] ?? "";
        const shown = value === undefined ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
        expect(`${property}: ${cell}`).toBe(`${property}: ${shown}`);
      }
    }
  });

  it("have the defaults of a config that says nothing", () => {
    const config = resolveConfig(EMPTY);
    const names = (list: readonly { readonly value: unknown }[]) => JSON.stringify(list.map(({ value }) => value));
    const expected = {
      storage: String(config.storage.value),
      resources: names(config.resources),
      authentication: names(config.authentication),
      authorization: names(config.authorization),
      admission: names(config.admission),
      filters: JSON.stringify(config.filters),
      runtimeConfig: JSON.stringify(config.runtimeConfig),
      controllers: names(config.controllers),
    };
    const documented = Object.keys(expected).map((key) => [key, code(KEYS.get(key)?.[2])]);
    expect(Object.fromEntries(documented)).toEqual(expected);
  });

  it("name the types and bounds of the schema", () => {
    for (const { property, options } of fieldRecords(ServerOptions)) {
      const cell = KEYS.get(`server.${property}`)?.[1];
      const { type, minimum, maximum } = options;
      const range = minimum === undefined || maximum === undefined ? "" : `, ${minimum} to ${maximum}`;
      const list = typeof options.items === "function" ? "list of objects" : "list of strings";
      const words = options.enum?.map((word) => `\`${String(word)}\``).join(", ");
      expect(cell).toBe(words ?? (type === "array" ? list : `${type}${range}`));
    }
    for (const { property, options } of fieldRecords(LoggingOptions)) {
      for (const word of options.enum ?? [])
        expect(KEYS.get(`logging.${property}`)?.[1]).toContain(`\`${String(word)}\``);
    }
  });

  it("name the words of the storage section", () => {
    const content = { storage: { use: "level", overrides: {}, encryption: {} } };
    const words = [...KEYS.keys()].flatMap((key) => /^storage\.(\w+)$/.exec(key)?.[1] ?? []);
    expect(words).toEqual(Object.keys(content.storage));
    for (const word of words) {
      expect(message(() => resolveConfig({ ...EMPTY, content: { storage: { [word]: 3 } } }))).not.toMatch(
        /unknown key/,
      );
    }
    expect(message(() => resolveConfig({ ...EMPTY, content: { storage: { other: 3 } } }))).toMatch(/unknown key/);
  });

  it("name the words of a filter edit, both ways", () => {
    const place = { path: "filters", origin: "test" };
    const words = [...KEYS.keys()].flatMap((key) => /^filters\[\]\.(\w+)$/.exec(key)?.[1] ?? []);
    const known = /\{ (.*) \}/
      .exec(message(() => chainEdits(["x"], place)))?.[1]
      ?.match(/\b(?:before|after|replace|remove|use)\b/g);
    expect(new Set(words)).toEqual(new Set(known));
    for (const word of words) expect(message(() => chainEdits([{ [word]: {} }], place))).not.toBe("unknown key");
  });
});

function message(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (ConfigError.is(error)) return error.message;
    throw error;
  }
  return "";
}

const folder = mkdtempSync(join(tmpdir(), "quarterdeck-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "package.json"), '{"type":"module"}');
mkdirSync(join(folder, "node_modules"));

/** The modules that the examples name: plugins with something wrong, as JavaScript of no package would be. */
const MODULES: { readonly [file: string]: string } = {
  "empty.js": "export const nothing = 1;",
  "throws.js": 'throw new Error("no luck");',
  "old.js":
    'export default { [Symbol.for("quarterdeck.sdk/Plugin")]: true, kind: "admission", name: "old", contract: 0 };',
  "hollow.js":
    'export default { [Symbol.for("quarterdeck.sdk/Plugin")]: true, kind: "admission", name: "hollow", contract: 1 };',
  "bare.js":
    'export default { [Symbol.for("quarterdeck.sdk/Plugin")]: true, kind: "resources", name: "bare", contract: 1 };',
  "empty.yaml": "\n",
  "broken.yaml": "apiVersion: v1\nresources: [",
  "thing.js": resource("Thing", "Thing"),
  "wrong.js": resource("Wrong", "wrong"),
};

function resource(name: string, kind: string): string {
  const sdk = JSON.stringify(join(ROOT, "packages/sdk/src/index.ts"));
  return `import { Resource } from ${sdk}; export class ${name} {}; Resource({ group: "x.io", version: "v1", kind: "${kind}" })(${name});`;
}
for (const [file, text] of Object.entries(MODULES)) writeFileSync(join(folder, file), text);

/** The line that stops a start with this config. */
async function lineOf(config: string): Promise<string> {
  writeFileSync(join(folder, "c.json"), config);
  try {
    const blueprint = await readBlueprint(await loadConfig({ config: "c.json" }, {}, folder), DEFAULT_CATALOGUE);
    const { describeServer } = await loadKernel();
    describeServer(blueprint, new TextLogger({ write: () => {} }, "error"));
  } catch (error) {
    if (ConfigError.is(error)) return error.line.replaceAll(folder, "…");
    throw error;
  }
  return "";
}

describe("the mistakes of docs/reference/config.md", () => {
  const rows = CONFIG.section("Mistakes").rows;
  const ofConfigs = rows.filter(([first]) => /^`[{[]/.test(first ?? ""));
  const others = rows.filter(([first]) => !/^`[{[]/.test(first ?? ""));

  it.each(ofConfigs.map((row) => [code(row[0]), code(row[1])]))("%s", async (config, line) => {
    // Engines word the mistakes of JSON differently.
    const bare = (text: string) => text.replace(/cannot be read: .* in c\.json$/, "cannot be read in c.json");
    expect(bare(await lineOf(config))).toBe(bare(line));
  });

  it("of flags and variables", async () => {
    const fails = (flags: object, env: { [name: string]: string } = {}) =>
      loadConfig(flags, env, folder).then(
        () => "",
        (error: unknown) => (ConfigError.is(error) ? error.line : String(error)),
      );
    const said = [
      await fails({ config: "nope.ts" }),
      await fails({ port: "x" }),
      await fails({}, { QUARTERDECK_PORT: "99999" }),
      await fails({ bind: "" }),
    ];
    const documented = others.map((row) => code(row[1]));
    expect(said.filter((line) => !documented.includes(line))).toEqual([]);
  });

  it("have every form that the kernel knows", () => {
    const forms = sources(join(ROOT, "packages/kernel/src")).flatMap((text) => [
      ...[...text.matchAll(/new ConfigError\(\s*(["`])((?:(?!\1).)*)\1/g)].map((match) => match[2] ?? ""),
    ]);
    expect(forms.length).toBeGreaterThan(20);
    const lines = CONFIG.section("Mistakes").text.replaceAll("\\|", "|");
    // Of a text with gaps the longest piece must be there.
    const pieces = forms.map((form) => form.split(/\$\{[^}]*\}/).sort((a, b) => b.length - a.length)[0] ?? "");
    expect(pieces.filter((piece) => piece.trim() !== "" && !lines.includes(piece.trim()))).toEqual([]);
  });
});

function sources(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const file = join(path, entry.name);
    if (entry.isDirectory()) return sources(file);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts") ? [readFileSync(file, "utf8")] : [];
  });
}
