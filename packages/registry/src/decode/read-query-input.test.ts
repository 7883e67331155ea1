import type { StructuralSchema } from "@quarterdeck/scheme";
import { describe, expect, it } from "vitest";
import { refusal } from "../resource.fixture.js";
import { readQueryInput } from "./read-query-input.js";

const SCHEMA: StructuralSchema = {
  type: "object",
  properties: {
    kind: { type: "string" },
    container: { type: "string" },
    stdin: { type: "boolean" },
    tailLines: { type: "integer" },
    rate: { type: "number" },
    command: { type: "array", items: { type: "string" } },
  },
};
const read = (query: string) => readQueryInput(SCHEMA, new URLSearchParams(query));

describe("readQueryInput", () => {
  it("reads what the schema knows, and nothing of the type", () => {
    expect(read("container=a&container=b&tailLines=-3&rate=1.5&command=ls&command=-l&kind=X&zzz=1")).toEqual({
      container: "a",
      tailLines: -3,
      rate: 1.5,
      command: ["ls", "-l"],
    });
    expect(readQueryInput(undefined, new URLSearchParams("a=1"))).toEqual({});
  });

  it.each([
    ["stdin", true],
    ["stdin=1", true],
    ["stdin=yes", true],
    ["stdin=0", false],
    ["stdin=FALSE", false],
  ])("reads the flag %s as Go does", (query, stdin) => {
    expect(read(query)).toEqual({ stdin });
  });

  it.each(["tailLines=many", "tailLines=", "tailLines=1.5", "rate=x"])("refuses %s", async (query) => {
    expect((await refusal(() => read(query))).code).toBe(400);
  });
});
