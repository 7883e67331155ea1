import { parseAccept } from "@quarterdeck/wire";
import { expect, it } from "vitest";
import { acceptsType } from "./accepts-type.js";

it("matches by name and by wildcard", () => {
  const accepts = (header: string): boolean =>
    parseAccept(header).some((clause) => acceptsType(clause, "application/json"));
  expect(["application/json;q=0.1", "application/*", "*/*", "*"].map(accepts)).toEqual([true, true, true, true]);
  expect(["application/yaml", "text/*", "*/json", "application/json-seq"].map(accepts)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
