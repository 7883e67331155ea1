import { describe, expect, it } from "vitest";
import { typeFact } from "../facts/fact-table.js";
import { readGoType } from "../facts/go-type.js";
import { TABLES } from "../facts/tables/tables.js";
import { descriptionsOf } from "./descriptions-of.js";

/** The kinds of which everything is described. */
const KINDS = [
  "core/v1.Pod",
  "core/v1.PodTemplate",
  "apps/v1.Deployment",
  "apps/v1.ReplicaSet",
  "apps/v1.StatefulSet",
  "apps/v1.DaemonSet",
  "apps/v1.ControllerRevision",
];

/** OpenAPI has definitions of its own for these, with their texts. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(["meta/v1.ObjectMeta"]);

function sentences(): [place: string, type: string, field: string, text: string][] {
  return [...TABLES.keys()].flatMap((place) =>
    Object.entries(descriptionsOf(place) ?? {}).flatMap(([type, fields]) =>
      Object.entries(fields).map(([field, text]): [string, string, string, string] => [place, type, field, text]),
    ),
  );
}

/** The types that a field's type leads to. */
function structs(expression: string, place: string): string[] {
  let { type } = readGoType(expression, place);
  while (type.kind === "list" || type.kind === "map") type = type.kind === "list" ? type.items : type.values;
  return type.kind === "struct" ? [type.name] : [];
}

function reachable(full: string, seen: Set<string>): Set<string> {
  if (seen.has(full) || SAID_ELSEWHERE.has(full)) return seen;
  seen.add(full);
  const { fields, place } = typeFact(full);
  for (const { type } of fields) for (const struct of structs(type, place)) reachable(struct, seen);
  return seen;
}

describe("descriptions", () => {
  it("are sentences of at most 300 characters", () => {
    const bad = sentences().filter(([, , , text]) => !/^[A-Z][^\n]*[^.]\.$/.test(text) || text.length > 300);
    expect(bad).toEqual([]);
  });

  it("are of types and fields that exist", () => {
    const unknown = sentences().filter(([place, type, field]) => {
      const { fields } = typeFact(`${place}.${type}`);
      return field !== "" && !fields.some(({ name }) => name === field);
    });
    expect(unknown).toEqual([]);
  });

  it.each(KINDS)("say what %s is, to the last field", (kind) => {
    const missing = [...reachable(kind, new Set())].flatMap((full) => {
      const { fields, place, name } = typeFact(full);
      const texts = descriptionsOf(place)?.[name] ?? {};
      const names = fields.map((field) => field.name).filter((field) => field !== "");
      return ["", ...names].filter((field) => texts[field] === undefined).map((field) => `${full}.${field}`);
    });
    expect(missing).toEqual([]);
  });
});
