import type { FieldErrors, JsonObject } from "@quarterdeck/meta";
import { describe, expect, expectTypeOf, test } from "vitest";
import { ApiObject, type HookContext } from "./api-object.js";
import { Column, columnRecords } from "./column.js";
import { Field, fieldRecords } from "./field.js";
import { Resource, resourceRecord } from "./resource.js";
import { Rule, ruleRecords } from "./rule.js";
import { Scale, scaleRecord } from "./scale.js";
import { SelectableField, selectableFieldRecords } from "./selectable-field.js";
import { partsRecord, Spec, Status } from "./spec-status.js";
import { Subresource, type SubresourceContext, subresourceRecords } from "./subresource.js";

class WidgetSpec {
  @Field({ type: "integer", default: 1 })
  size!: number;
}

class Resize {
  @Field({ type: "integer" })
  by!: number;
}

@Resource({ group: "example.com", version: "v1", kind: "Widget" })
@Scale({ spec: ".spec.size", status: ".status.size" })
@Column({ name: "First", type: "integer", jsonPath: ".spec.size" })
@Column({ name: "Second", type: "string", value: ({ metadata }) => metadata.name })
@SelectableField(".spec.size")
@SelectableField(".spec.other")
@Rule({ rule: "true" })
class Widget extends ApiObject<WidgetSpec, JsonObject> {
  @Spec({ required: true })
  override spec!: WidgetSpec;

  @Status({ type: "object" })
  override status?: JsonObject;

  override validateUpdate(old: this, errors: FieldErrors, context: HookContext): void {
    expectTypeOf(old.spec.size).toEqualTypeOf<number>();
    expectTypeOf(this.status).toEqualTypeOf<JsonObject | undefined>();
    if (old.spec.size > this.spec.size) errors.forbidden("spec.size", "it must not shrink");
    context.warn("seen");
  }

  @Subresource("resize", { verbs: ["create", "update"] })
  resize(request: Resize, context: SubresourceContext): this {
    expectTypeOf(context.verb).toEqualTypeOf<"create" | "get" | "update" | "patch" | "delete">();
    this.spec.size += request.by;
    return this;
  }
}

class SmallWidget extends Widget {
  @Field()
  extra?: string;
}

describe("decorators record what they are given, and no more", () => {
  test("in the order in which they are written", () => {
    expect(columnRecords(Widget).map((column) => column.name)).toEqual(["First", "Second"]);
    expect(selectableFieldRecords(Widget).map((field) => field.jsonPath)).toEqual([".spec.size", ".spec.other"]);
    expect(fieldRecords(Widget).map(({ property, designType }) => [property, designType])).toEqual([
      ["spec", WidgetSpec],
      ["status", Object],
    ]);
    expect(partsRecord(Widget)).toEqual({ spec: "spec", status: "status" });
    expect(scaleRecord(Widget)).toEqual({ spec: ".spec.size", status: ".status.size" });
    expect(ruleRecords(Widget)).toEqual([{ rule: "true" }]);
    expect(subresourceRecords(Widget)).toEqual([
      {
        name: "resize",
        direct: false,
        method: "resize",
        verbs: ["create", "update"],
        input: undefined,
        kind: undefined,
        designParameters: [Resize, Object],
      },
    ]);
  });

  test("a subclass has what its base has, but is no resource of its own", () => {
    expect(fieldRecords(SmallWidget).map((field) => field.property)).toEqual(["spec", "status", "extra"]);
    expect(fieldRecords(Widget)).toHaveLength(2);
    expect(resourceRecord(Widget)?.kind).toBe("Widget");
    expect(resourceRecord(SmallWidget)).toBeUndefined();
  });
});

describe("the compiler refuses", () => {
  test("options that do not exist, and values that they cannot have", () => {
    // @ts-expect-error: an unknown word
    Field({ minimun: 1 });
    // @ts-expect-error: an unknown type
    Field({ type: "strng" });
    // @ts-expect-error: a list type that there is not
    Field({ listType: "bag" });
    // @ts-expect-error: a class in place of a function that names it
    Field({ items: WidgetSpec });
    // @ts-expect-error: a scope that there is not
    Resource({ group: "", version: "v1", kind: "A", scope: "Global" });
    // @ts-expect-error: a kind is needed
    Resource({ group: "", version: "v1" });
    // @ts-expect-error: a column reads from a path or from a function
    Column({ name: "A", type: "string" });
    // @ts-expect-error: a cell is no object
    Column({ name: "A", type: "string", value: () => ({}) });
    // @ts-expect-error: a scale needs both paths
    Scale({ spec: ".spec.size" });
    // @ts-expect-error: a subresource is no collection
    Subresource("a", { verbs: ["list"] });
    // @ts-expect-error: a part is an object that stands already
    Resource({ group: "", version: "v1", kind: "A", parts: [{ name: "a", verbs: ["create"] }] });
    expectTypeOf(Field({ type: "integer", minimum: 0 })).toEqualTypeOf<PropertyDecorator>();
  });

  test("a resource that extends nothing", () => {
    // @ts-expect-error: a resource extends ApiObject
    @Resource({ group: "", version: "v1", kind: "Loose" })
    class Loose {
      @Field()
      size?: number;
    }
    expect(resourceRecord(Loose)?.kind).toBe("Loose");
  });

  test("hooks that are not typed by their class", () => {
    class Wrong extends ApiObject<WidgetSpec> {
      // @ts-expect-error: the old object is of the same class
      override validateUpdate(old: string): void {
        expectTypeOf(old).toEqualTypeOf<string>();
      }

      // @ts-expect-error: there is no such hook to override
      override validatUpdate(): void {}
    }
    expect(Wrong.name).toBe("Wrong");
  });

  test("subresources that return nothing", () => {
    class Silent extends ApiObject {
      // @ts-expect-error: a subresource returns this or an answer
      @Subresource("silent")
      silent(): void {}
    }
    expect(subresourceRecords(Silent)).toHaveLength(1);
  });
});
