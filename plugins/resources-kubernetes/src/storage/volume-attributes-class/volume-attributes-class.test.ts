import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { VolumeAttributesClass } from "./volume-attributes-class.js";

const classes = new Compiled(VolumeAttributesClass);

function attributesClass(fields: JsonObject = {}): KubeObject {
  return classes.object({ driverName: "csi.example.com", parameters: { iops: "5000" }, ...fields }, { name: "gold" });
}

describe("a class of volume attributes", () => {
  it.each<[string, JsonObject, string[]]>([
    ["a driver with capitals", { driverName: "CSI.Example.com/Fast" }, []],
    ["a value that is empty", { parameters: { "any name": "" } }, []],
    ["no driver", { driverName: "" }, ["driverName: Required value"]],
    [
      "a driver with a bad name",
      { driverName: "-A" },
      [expect.stringMatching(/^driverName: Invalid value: "-a": name part must consist of/)],
    ],
    ["no parameters", { parameters: {} }, ["parameters: Required value: must contain at least one key/value pair"]],
    [
      "a parameter without a name",
      { parameters: { "": "1" } },
      ['parameters: Invalid value: "": field can not be empty.'],
    ],
    [
      "too many parameters",
      { parameters: Object.fromEntries(Array.from({ length: 513 }, (_, index) => [`p${index}`, ""])) },
      ["parameters: Too long: may not be more than 512 bytes"],
    ],
    [
      "too much in them",
      { parameters: { a: "ä".repeat(131_072) } },
      ["parameters: Too long: may not be more than 262144 bytes"],
    ],
  ])("with %s", (_, fields, expected) => {
    expect(classes.problems(attributesClass(fields))).toEqual(expected);
  });

  it("stays as it is", () => {
    const old = attributesClass();
    expect(classes.updateProblems(attributesClass(), old)).toEqual([]);
    expect(classes.problems(attributesClass({ driverName: "" }), { operation: "UPDATE" })).toEqual([]);
    expect(classes.updateProblems(attributesClass({ driverName: "", parameters: {} }), old)).toEqual([
      "driverName: Forbidden: updates to driverName are forbidden.",
      "parameters: Forbidden: updates to parameters are forbidden.",
      "driverName: Required value",
      "parameters: Required value: must contain at least one key/value pair",
    ]);
  });

  it("is printed as upstream prints it", () => {
    expect(classes.columns(true)).toEqual(["Name", "DriverName", "Age"]);
    expect(classes.cell("DriverName", attributesClass())).toBe("csi.example.com");
    expect(classes.descriptor.returnDeletedObject).toBe(true);
  });
});
