import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { IPAddress } from "./ip-address.js";

const addresses = new Compiled(IPAddress);
const PARENT = { resource: "services", namespace: "demo", name: "web" };

function made(name: string, spec: JsonObject = { parentRef: PARENT }) {
  return addresses.object({ spec }, { name });
}

describe("IPAddress", () => {
  it.each(["10.96.0.1", "fd00::1"])("is called as the address %s", (name) => {
    expect(addresses.problems(made(name))).toEqual([]);
  });

  it.each<[string, JsonObject | undefined, string[]]>([
    ["a", undefined, [expect.stringMatching(/^metadata\.name: Invalid value: "a": must be a valid IP address/)]],
    ["FD00::1", undefined, ['metadata.name: Invalid value: "FD00::1": must be in canonical form ("fd00::1")']],
    ["10.0.0.1", {}, ["spec.parentRef: Required value"]],
    ["10.0.0.1", { parentRef: {} }, ["spec.parentRef.resource: Required value", "spec.parentRef.name: Required value"]],
    [
      "10.0.0.1",
      { parentRef: { group: "A", resource: "a/b", name: "..", namespace: "a%b" } },
      [
        expect.stringMatching(/^spec\.parentRef\.group: Invalid value: "A"/),
        "spec.parentRef.resource: Invalid value: \"a/b\": may not contain '/'",
        "spec.parentRef.name: Invalid value: \"..\": may not be '..'",
        "spec.parentRef.namespace: Invalid value: \"a%b\": may not contain '%'",
      ],
    ],
  ])("is refused: %s %j", (name, spec, expected) => {
    expect(addresses.problems(made(name, spec))).toEqual(expected);
  });

  it("belongs to one object for good", () => {
    const other = { ...PARENT, name: "db" };
    expect(addresses.updateProblems(made("10.0.0.1", { parentRef: other }), made("10.0.0.1"))).toEqual([
      "spec.parentRef: Invalid value: null: field is immutable",
    ]);
  });

  it("tells last of what its type declares", () => {
    const parentRef = { namespace: "a/b" };
    expect(addresses.problems(made("10.0.0.1", { parentRef }))).toEqual([
      `spec.parentRef.namespace: Invalid value: "a/b": may not contain '/'`,
      "spec.parentRef.resource: Required value",
      "spec.parentRef.name: Required value",
    ]);
    expect(addresses.problems(made("10.0.0.1", { parentRef }), { operation: "UPDATE" })).toEqual([
      "spec.parentRef.resource: Required value",
      "spec.parentRef.name: Required value",
      `spec.parentRef.namespace: Invalid value: "a/b": may not contain '/'`,
    ]);
  });

  it("is printed as upstream prints it", () => {
    expect(addresses.columns(true)).toEqual(["Name", "ParentRef"]);
    expect(addresses.cell("ParentRef", made("10.0.0.1"))).toBe("services/demo/web");
    const grouped = { parentRef: { group: "g.example", resource: "things", name: "x" } };
    expect(addresses.cell("ParentRef", made("10.0.0.1", grouped))).toBe("things.g.example/x");
    expect(addresses.cell("ParentRef", made("10.0.0.1", {}))).toBe("<none>");
  });
});
