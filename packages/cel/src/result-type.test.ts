import { beforeAll, describe, expect, it } from "vitest";
import { type CheckReferences, loadReferenceCheck } from "./compile.js";

describe("the type of a result", () => {
  let check: CheckReferences;
  beforeAll(async () => {
    check = await loadReferenceCheck();
  });

  it.each([
    ["1", "int"],
    ["-1", "int"],
    ["1u", "uint"],
    ["1.0", "double"],
    ["null", "null_type"],
    ["'a' + b", "string"],
    ["b'a'", "bytes"],
    ["a == 1 && !b", "bool"],
    ["a in [1]", "bool"],
    ["has(a.b)", "bool"],
    ["a.exists(x, x == 1)", "bool"],
    ["a.all(x, x == 1)", "bool"],
    ["[1, 2]", "list(int)"],
    ["[a]", "list(dyn)"],
    ["[]", "list(dyn)"],
    ["a", "dyn"],
    ["a.b.c", "dyn"],
    ["a.b[0]", "dyn"],
    ["a + b", "dyn"],
    ["a + 1", "int"],
    ["size(a)", "int"],
    ["a.size()", "int"],
    ["string(a)", "string"],
    ["a ? 1 : 2", "int"],
    ["'a'.startsWith('b')", "bool"],
  ])("of %s is %s", (expression, type) => {
    const types = new Map([
      ["a", "dyn"],
      ["b", "dyn"],
    ]);
    expect(check(expression, { variables: ["a", "b"], types })).toBe(type);
  });

  it.each([
    "self",
    "self.a",
    "self + 1",
    "true ? 1 : 'a'",
    "[1, 'a']",
    "{'a': 1}",
    "self.map(x, x)",
    "foo(1)",
    "self.contains(1)",
  ])("of %s cannot be told", (expression) => {
    expect(check(expression, { variables: ["self"] })).toBeUndefined();
  });
});
