import type { JsonValue } from "@quarterdeck/meta";
import { ApiObject, Field, type FieldOptions, Resource, Rule, Spec } from "@quarterdeck/sdk";
import { describe, expect, test } from "vitest";
import { mistakeIn } from "../scheme.fixture.js";

class Item {
  @Field({ required: true })
  name!: string;

  @Field()
  optional?: string;

  @Field({ items: { type: "string" } })
  list?: string[];
}

/** The mistake in a resource whose spec has one field with these options and a property that says nothing of its type. */
function mistake(options: { readonly [word: string]: unknown }) {
  class WidgetSpec {
    @Field(options as FieldOptions)
    field?: unknown;
  }
  @Resource({ group: "example.com", version: "v1", kind: "Widget" })
  class Widget extends ApiObject<WidgetSpec> {
    @Spec()
    override spec?: WidgetSpec;
  }
  return mistakeIn(Widget);
}

describe("a mistake in a field is told with class, field, value and the nearest word", () => {
  test("unknown type", () => {
    const error = mistake({ type: "strng" });
    expect(error).toMatchObject({
      name: "ResourceDefinitionError",
      className: "WidgetSpec",
      source: "Widget.ts",
      value: "strng",
      nearest: "string",
    });
    expect(error.message).toBe('WidgetSpec.field: unknown field type: "strng"; did you mean "string"?');
  });

  test.each<[{ readonly [word: string]: unknown }, string]>([
    [{ minimun: 1 }, 'WidgetSpec.field: unknown field option: "minimun"; did you mean "minimum"?'],
    [{ type: "array" }, "WidgetSpec.field: an array must say what its items are"],
    [{ items: { typ: "string" } }, 'WidgetSpec.field.items: unknown field option: "typ"; did you mean "type"?'],
    [
      { items: {} },
      'WidgetSpec.field.items: the type cannot be inferred from the property\'s (no emitted type); say type: "…", items, additionalProperties or schema',
    ],
    [{ items: () => Date }, "WidgetSpec.field.items: the function must name a class with fields: Date"],
    [{ schema: () => undefined }, 'WidgetSpec.field: schema must name a class with fields: "nothing"'],
    [{ type: "string", items: { type: "string" } }, 'WidgetSpec.field: items are for arrays, not for: "string"'],
    [{ items: () => Item, listType: "map" }, "WidgetSpec.field: a list of type map needs listMapKeys"],
    [
      { items: () => Item, listType: "map", listMapKeys: ["nam"] },
      'WidgetSpec.field: listMapKeys names no field of the items: "nam"; did you mean "name"?',
    ],
    [
      { items: () => Item, listType: "map", listMapKeys: ["optional"] },
      'WidgetSpec.field: a list map key must be required or have a default: "optional"',
    ],
    [
      { items: () => Item, listType: "map", listMapKeys: ["list"] },
      'WidgetSpec.field: a list map key must be a string, number or boolean: "list"',
    ],
    [{ items: () => Item, listMapKeys: ["name"] }, 'WidgetSpec.field: listMapKeys needs listType: "map": ["name"]'],
    [
      { items: () => Item, listType: "set" },
      'WidgetSpec.field: the items of a list of type set must be scalar or atomic: "object"',
    ],
    [{ items: () => Item, listType: "sett" }, 'WidgetSpec.field: unknown listType: "sett"; did you mean "set"?'],
    [
      { items: () => Item, patchStrategy: "merg" },
      'WidgetSpec.field: unknown patchStrategy: "merg"; did you mean "merge"?',
    ],
    [
      { items: () => Item, patchStrategy: "merge" },
      'WidgetSpec.field: a list of objects that merges needs a patchMergeKey or one of listMapKeys: "merge"',
    ],
    [
      { items: () => Item, patchMergeKey: "nam" },
      'WidgetSpec.field: patchMergeKey names no field of the items: "nam"; did you mean "name"?',
    ],
    [
      { items: () => Item, patchMergeKey: "name", patchStrategy: "replace" },
      'WidgetSpec.field: patchMergeKey is for arrays that merge: "name"',
    ],
    [
      { schema: () => Item, patchStrategy: "merge" },
      'WidgetSpec.field: objects merge anyway; this patchStrategy is for arrays: "merge"',
    ],
    [
      { type: "string", patchStrategy: "replace" },
      'WidgetSpec.field: patchStrategy is for arrays and objects, not for: "string"',
    ],
    [{ type: "string", listType: "set" }, 'WidgetSpec.field: listType is for arrays, not for: "string"'],
    [
      { type: "integer", default: "x" },
      'WidgetSpec.field: the default does not match its schema (Invalid value: "string": default in body must be of type integer: "string"): "x"',
    ],
    [
      { type: "integer", default: 0, minimum: 1 },
      "WidgetSpec.field: the default does not match its schema (Invalid value: 0: default in body should be greater than or equal to 1): 0",
    ],
    [
      { schema: () => Item, default: { name: "a", nam: 1 } },
      'WidgetSpec.field: the default has a field that the schema does not know (default.nam): {"name":"a","nam":1}',
    ],
    [
      { schema: () => Item, default: {} },
      "WidgetSpec.field: the default does not match its schema (Required value): {}",
    ],
    [{ type: "string", default: null }, "WidgetSpec.field: the default is null but the field is not nullable"],
    [
      { type: "string", pattern: "(a+)+" },
      'WidgetSpec.field: the pattern repeats a repetition, which can take exponential time: "(a+)+"',
    ],
    [
      { type: "string", anyOf: [{ minLenght: 1 }] },
      'WidgetSpec.field.anyOf[0]: unknown field option: "minLenght"; did you mean "minLength"?',
    ],
    [{ type: "string", format: "date-tme" }, 'WidgetSpec.field: unknown format: "date-tme"; did you mean "date-time"?'],
    [{ type: "string", minLength: 3, maxLength: 2 }, "WidgetSpec.field: minLength is above maxLength: 3"],
    [{ type: "string", maxLength: -1 }, "WidgetSpec.field: maxLength must be a whole number that is not negative: -1"],
    [{ type: "integer", exclusiveMinimum: true }, "WidgetSpec.field: exclusiveMinimum needs minimum"],
    [{ type: "integer", multipleOf: 0 }, "WidgetSpec.field: multipleOf must be positive: 0"],
    [{ type: "string", enum: [] }, "WidgetSpec.field: enum allows no value"],
    [{ intOrString: true, type: "object" }, 'WidgetSpec.field: intOrString does not go with the type: "object"'],
    [{ embeddedResource: true }, "WidgetSpec.field: an embedded resource needs properties or preserveUnknownFields"],
    [{ type: "string", rules: [{ rule: " " }] }, 'WidgetSpec.field: a rule needs a CEL expression: " "'],
    [{ type: "string", proto: 0 }, "WidgetSpec.field: bad protobuf field number: 0"],
    [
      { additionalProperties: { type: "string" }, properties: {} },
      "WidgetSpec.field: properties and additionalProperties exclude each other",
    ],
  ])("%j", (options, message) => {
    expect(mistake(options).message).toBe(message);
  });

  test("a pattern that is no regular expression", () => {
    expect(mistake({ type: "string", pattern: "(a" }).message).toMatch(
      /^WidgetSpec\.field: the pattern is no regular expression \(.*\): "\(a"$/,
    );
  });
});

describe("types that cannot be inferred", () => {
  interface Shape {
    readonly a: string;
  }

  function fieldError(owner: new () => object): string {
    @Resource({ group: "example.com", version: "v1", kind: "Widget" })
    class Widget extends ApiObject {
      @Spec({ schema: () => owner })
      override spec?: unknown;
    }
    return mistakeIn(Widget).message;
  }

  class Interfaced {
    @Field()
    field?: Shape;
  }

  class United {
    @Field()
    field?: number | string;
  }

  class Dated {
    @Field()
    field?: Date;
  }

  test.each([
    [Interfaced, "(Object)"],
    [United, "(Object)"],
    [Dated, "(Date)"],
  ])("%o", (owner, emitted) => {
    expect(fieldError(owner)).toBe(
      `${owner.name}.field: the type cannot be inferred from the property's ${emitted}; say type: "…", items, additionalProperties or schema`,
    );
  });

  test("an array without items", () => {
    class Listed {
      @Field()
      field?: string[];
    }
    expect(fieldError(Listed)).toBe("Listed.field: an array must say what its items are");
  });

  test("a type that the property cannot have", () => {
    class Misdeclared {
      @Field({ type: "integer" })
      field?: string;
    }
    expect(fieldError(Misdeclared)).toBe(
      'Misdeclared.field: the property is declared as string, which does not fit the type: "integer"',
    );
  });

  test("a class that contains itself", () => {
    class Node {
      @Field({ schema: () => Node })
      next?: unknown;
    }
    expect(fieldError(Node)).toBe(
      'Node.next: the class contains itself; end the recursion with preserveUnknownFields: "Node"',
    );
  });

  test("two fields with one protobuf number", () => {
    class Numbered {
      @Field({ proto: 1 })
      a?: string;

      @Field({ proto: 1 })
      b?: string;
    }
    expect(fieldError(Numbered)).toBe("Numbered.b: the protobuf field number is that of a too: 1");
  });

  test("an empty rule on a class", () => {
    @Rule({ rule: "" })
    class Ruled {
      @Field()
      a?: string;
    }
    expect(fieldError(Ruled)).toBe('Ruled @Rule: a rule needs a CEL expression: ""');
  });
});

test("freezing the schema leaves the author's own lists alone", () => {
  const values: JsonValue[] = ["a"];
  class Owned {
    @Field({ enum: values })
    field?: string;
  }
  @Resource({ group: "example.com", version: "v1", kind: "Widget" })
  class Widget extends ApiObject {
    @Spec({ schema: () => Owned })
    override spec?: unknown;
  }
  expect(() => mistakeIn(Widget)).toThrow("there is no mistake");
  expect(Object.isFrozen(values)).toBe(false);
});
