import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ResourceDefinitionError } from "@quarterdeck/scheme";
import { describe, expect, it } from "vitest";
import { Place } from "../../packages/scheme/src/definition/place.js";
import { KNOWN_FORMATS } from "../../packages/scheme/src/format/format-check.js";
import { checkWords } from "../../packages/scheme/src/schema/field-vocabulary.js";
import { code, codes, page, ROOT } from "./markdown.js";

const DSL = page("docs/reference/resource-dsl.md");

/** The members of an interface, in the order in which they are written. */
function members(file: string, name: string): string[] {
  const source = readFileSync(join(ROOT, "packages/sdk/src/resource", file), "utf8");
  const body = new RegExp(`interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(source)?.[1];
  if (body === undefined) throw new Error(`${file} has no interface ${name}`);
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].map((match) => match[1] ?? "");
}

const documented = (heading: string) => DSL.section(heading).rows.map(([first]) => code(first));

describe("docs/reference/resource-dsl.md", () => {
  it.each([
    ["@Resource", members("resource.ts", "ResourceOptions")],
    ["@Scale", members("scale.ts", "ScaleOptions")],
    ["@Rule", members("rule.ts", "CelRule")],
    ["@Subresource", members("subresource.ts", "SubresourceOptions")],
    ["@Column", [...members("column.ts", "ColumnBase"), "jsonPath", "value"]],
  ])("has the options of %s, and no other", (heading, known) => {
    expect(documented(heading).sort()).toEqual([...known].sort());
  });

  it("has the vocabulary of @Field, and no other word", () => {
    let known: readonly string[] = [];
    try {
      checkWords({ stranger: 1 }, "field", new Place("Sample", "field"));
    } catch (error) {
      if (error instanceof ResourceDefinitionError) known = [...(error.mistake.known ?? [])];
    }
    expect(known.length).toBeGreaterThan(30);
    expect(documented("@Field, @Spec, @Status").sort()).toEqual([...known].sort());
  });

  it("has the formats that are checked, and no other", () => {
    const { text } = DSL.section("@Field, @Spec, @Status");
    const sentence = text.slice(text.indexOf("Formats that are checked")).split(". Others")[0];
    expect(codes(sentence).sort()).toEqual([...KNOWN_FORMATS].sort());
  });

  it("has the methods of ApiObject, and no other", () => {
    const source = readFileSync(join(ROOT, "packages/sdk/src/resource/api-object.ts"), "utf8");
    const known = [...source.matchAll(/^ {2}(\w+)\?\(/gm)].map((match) => match[1] ?? "");
    const named = documented("Methods of ApiObject").map((one) => one.replace(/^static /, "").replace(/\(.*/, ""));
    const statics = ["ConvertibleFrom", "ReadObjects"].flatMap((name) => members("api-object.ts", name));
    expect(named.sort()).toEqual([...known, ...statics].sort());
    const guide = page("docs/guides/write-a-resource.md").section("6. Behaviour: hooks").rows;
    const hooks = known.filter((one) => one !== "convertTo");
    expect(guide.map(([first]) => code(first).replace(/\(.*/, "")).sort()).toEqual(hooks.sort());
  });

  it("has the decorators that the sdk exports for resources", async () => {
    const sdk: { readonly [name: string]: unknown } = await import("@quarterdeck/sdk");
    const headings = DSL.sections.flatMap(({ heading }) =>
      [...heading.matchAll(/@(\w+)/g)].map((match) => match[1] ?? ""),
    );
    for (const name of headings) expect(sdk[name]).toBeTypeOf("function");
    const index = readFileSync(join(ROOT, "packages/sdk/src/index.ts"), "utf8");
    const files = [...index.matchAll(/"\.\/resource\/([\w-]+)\.js"/g)].map((match) => match[1] ?? "");
    const exported = files.flatMap((file) => {
      const source = readFileSync(join(ROOT, `packages/sdk/src/resource/${file}.ts`), "utf8");
      return [...source.matchAll(/^export function ([A-Z]\w*)/gm)].map((match) => match[1] ?? "");
    });
    // a function with overloads is exported once for each
    expect(headings.sort()).toEqual([...new Set(exported)].sort());
  });
});
