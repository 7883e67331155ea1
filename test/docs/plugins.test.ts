import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type FieldOptions, fieldRecords, isPlugin, type PluginKind } from "@quarterdeck/sdk";
import { DEFAULT_CATALOGUE } from "quarterdeck";
import { describe, expect, it } from "vitest";
import { code, page, ROOT } from "./markdown.js";
import { quarterdeck } from "./quarterdeck.js";

const PLUGINS = page("docs/reference/plugins.md");
/** Two plugins of different kinds may have one name, so a plugin is named by its chapter too. */
const CHAPTERS: { readonly [kind in PluginKind]: string } = {
  storage: "Storage",
  authenticator: "Authentication",
  authorizer: "Authorization",
  filter: "Flow control",
  admission: "Admission",
  audit: "Audit",
  controller: "Controllers",
  encryption: "Encryption",
  resources: "Resources",
};
let chapter = "";
const documented = PLUGINS.sections.flatMap((section) => {
  if (section.level === 2) chapter = section.heading;
  return section.level === 3 ? [{ ...section, plugin: `${chapter}: ${section.heading}` }] : [];
});
const shipped = Object.entries(CHAPTERS).flatMap(([kind, title]) =>
  Object.entries(Object.entries(DEFAULT_CATALOGUE).find(([one]) => one === kind)?.[1] ?? {}).map(
    ([name, load]) => [`${title}: ${name}`, name, load] as const,
  ),
);

function typeOf({ type, items, required }: FieldOptions): string {
  const lists = typeof items === "function" ? "list of objects" : "list of strings";
  const base = items === undefined ? (type ?? "string") : lists;
  return required === true ? `${base}, required` : base;
}

describe("docs/reference/plugins.md", () => {
  it("has every plugin that ships, and no other", () => {
    expect(documented.map(({ plugin }) => plugin).sort()).toEqual(shipped.map(([plugin]) => plugin).sort());
  });

  it("has every package of plugins/, and no other", () => {
    const folders = readdirSync(join(ROOT, "plugins")).filter((folder) =>
      existsSync(join(ROOT, "plugins", folder, "src/index.ts")),
    );
    const packages = folders.map((folder) => {
      const manifest: { name: string } = JSON.parse(
        readFileSync(join(ROOT, "plugins", folder, "package.json"), "utf8"),
      );
      return manifest.name;
    });
    expect(documented.map(({ text }) => code(text)).sort()).toEqual(packages.sort());
  });

  it.each(shipped)("has the options of %s", async (place, name, load) => {
    const { default: plugin } = await load();
    if (!isPlugin(plugin)) throw new Error(`${name} is no plugin`);
    expect(plugin.name).toBe(name);
    const { rows, text } = documented.find((one) => one.plugin === place) ?? { rows: [], text: "" };
    const expected = (plugin.options === undefined ? [] : fieldRecords(plugin.options)).map(({ property, options }) => {
      const value = options.default === undefined ? "" : `\`${JSON.stringify(options.default)}\``;
      return [property, typeOf(options), value];
    });
    expect(rows.map(([option, type, value]) => [code(option), type, value])).toEqual(expected);
    expect(/no\s+options/.test(text)).toBe(expected.length === 0);
  });

  it("says which are on by default", async () => {
    const { stdout } = await quarterdeck(["describe", "plugins"], join(ROOT, "test/docs"));
    const on = shipped
      .map(([, name]) => name)
      .filter((name) => new RegExp(`^${name} .*\\(default\\)`, "m").test(stdout));
    const said = documented.filter(({ text }) => /On by default|The default:/.test(text)).map(({ heading }) => heading);
    expect(said.sort()).toEqual(on.sort());
  });

  it("has every example", () => {
    const folders = readdirSync(join(ROOT, "docs/examples"), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    const rows = PLUGINS.section("Examples").rows.map(([first]) => /\[([\w-]+)\]/.exec(first ?? "")?.[1]);
    expect(rows.sort()).toEqual(folders.map(({ name }) => name).sort());
  });
});

describe("the filter chain of docs/reference/http.md", () => {
  it("is the default chain, in order", async () => {
    const { stdout } = await quarterdeck(["describe", "chain"], join(ROOT, "test/docs"));
    const chain = [...stdout.matchAll(/^\d+ +([\w-]+) +default +(active|idle|pass-through)/gm)].map(
      ([, name, state]) => [name, state],
    );
    expect(chain.length).toBeGreaterThan(5);
    const rows = page("docs/reference/http.md").section("The filter chain").rows;
    expect(rows.map(([first]) => code(first))).toEqual(chain.map(([name]) => name));
    const unfinished = rows.filter(([, what]) => /\byet$/.test(what ?? "")).map(([first]) => code(first));
    expect(unfinished).toEqual(chain.filter(([, state]) => state === "pass-through").map(([name]) => name));
  });

  it("stands in the picture of a request as well", () => {
    const picture = page("docs/architecture/request-path.md").blocks[0]?.text ?? "";
    const rows = page("docs/reference/http.md").section("The filter chain").rows;
    const drawn = [...picture.matchAll(/^ {2}([a-z-]+)(?: ·.*)?$/gm)].map(([, name]) => name);
    expect(drawn).toEqual(rows.map(([first]) => code(first)));
  });
});
