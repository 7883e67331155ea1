import { Field } from "@quarterdeck/sdk";
import { expect, test } from "vitest";
import { compileOptions } from "./compile-options.js";

class Limits {
  @Field({ type: "integer", minimum: 1, default: 10 })
  rate!: number;
}

class Options {
  @Field({ required: true })
  file!: string;

  @Field({ default: {} })
  limits!: Limits;

  @Field({ items: { type: "string" } })
  groups: string[] = ["all"];

  @Field()
  kind?: string;

  describe(): string {
    return `${this.file} at ${this.limits.rate}`;
  }
}

const options = compileOptions(Options);

test("gives an instance with the defaults of schema and class", () => {
  const { value, unknown, errors } = options.check({ file: "a", kind: "k" });
  expect(value).toBeInstanceOf(Options);
  expect(value.describe()).toBe("a at 10");
  expect(value).toEqual(Object.assign(new Options(), { file: "a", kind: "k", limits: { rate: 10 }, groups: ["all"] }));
  expect(unknown).toEqual([]);
  expect(errors.empty).toBe(true);
});

test("names unknown keys, wrong types and values out of bounds with their paths", () => {
  expect(options.check({ file: "a", limts: {}, limits: { rat: 1 } }).unknown).toEqual(["limits.rat", "limts"]);
  expect(options.check({ file: 1 }).errors.list).toEqual([
    {
      reason: "FieldValueTypeInvalid",
      field: "file",
      message: 'Invalid value: "integer": file in body must be of type string: "integer"',
    },
  ]);
  expect(options.check({ limits: { rate: 0 } }).errors.list.map((error) => error.field)).toEqual([
    "limits.rate",
    "file",
  ]);
});

test("hostile keys are unknown keys", () => {
  const { value, unknown } = options.check(JSON.parse('{"file":"a","__proto__":{"polluted":1},"constructor":2}'));
  expect(unknown).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(value)).toBe(Options.prototype);
});

test("the schema is that of the class", () => {
  expect(Object.keys(options.schema.properties ?? {})).toEqual(["file", "limits", "groups", "kind"]);
  expect(options.schema.className).toBe("Options");
});
