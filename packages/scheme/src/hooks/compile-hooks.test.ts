import { FieldErrors, StatusError } from "@quarterdeck/meta";
import { ApiObject, Field, type HookContext, Resource, Spec, type WriteEnd } from "@quarterdeck/sdk";
import { expect, test } from "vitest";
import { compileOne, hookContext, mistakeIn, objectOf } from "../scheme.fixture.js";

class WidgetSpec {
  @Field({ type: "integer" })
  size?: number;
}

@Resource({ group: "example.com", version: "v1", kind: "Widget" })
class Widget extends ApiObject<WidgetSpec> {
  @Spec()
  override spec!: WidgetSpec;

  @Field()
  note?: string;

  get isLarge(): boolean {
    return (this.spec.size ?? 0) > 10;
  }

  override default(): void {
    this.spec.size ??= 3;
    delete this.note;
  }

  override prepareForUpdate(old: this): void {
    if (old.isLarge) this.note = "was large";
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (this.isLarge) errors.invalid("spec.size", this.spec.size, "too large");
    context.warn("looked at");
    this.note = "lost: validation only looks";
  }

  override validateUpdate(old: this): void {
    if (old.isLarge) throw StatusError.badRequest("no");
  }
}

test("mutating hooks change the object, keys that they delete go", () => {
  const version = compileOne(Widget);
  const object = objectOf(version, { spec: {}, note: "x" });
  version.hooks.default?.(object);
  expect(object).toEqual(objectOf(version, { spec: { size: 3 } }));
  version.hooks.prepareForUpdate?.(object, objectOf(version, { spec: { size: 11 } }), hookContext());
  expect(object.note).toBe("was large");
  expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
});

test("validation sees the class's own members and collects errors and warnings", () => {
  const version = compileOne(Widget);
  const object = objectOf(version, { spec: { size: 11 } });
  const errors = new FieldErrors();
  const warnings: string[] = [];
  version.hooks.validate?.(object, errors, hookContext(warnings));
  expect(errors.list.map((error) => error.field)).toEqual(["spec.size"]);
  expect(warnings).toEqual(["looked at"]);
  expect(object).not.toHaveProperty("note");
});

test("what a hook throws is not caught, and hooks that a class lacks are undefined", () => {
  const version = compileOne(Widget);
  const object = objectOf(version, { spec: { size: 11 } });
  expect(() => version.hooks.validateUpdate?.(object, object, new FieldErrors(), hookContext())).toThrow(StatusError);
  expect(version.hooks.prepareForCreate).toBeUndefined();
});

test("an async hook is refused, since nobody would wait for it", () => {
  @Resource({ group: "example.com", version: "v1", kind: "Widget" })
  class Waiting extends ApiObject {
    override async validate(): Promise<void> {}
  }
  expect(mistakeIn(Waiting).message).toBe("Waiting.validate: a hook must not be async");
});

test("what holds a deleted object is asked of the class, and its last preparation changes it", () => {
  @Resource({ group: "example.com", version: "v1", kind: "Widget" })
  class Held extends ApiObject<WidgetSpec> {
    @Spec()
    override spec?: WidgetSpec;

    override gracePeriod(asked: number | undefined): number | undefined {
      return this.spec?.size === undefined ? undefined : (asked ?? this.spec.size);
    }

    override heldBy(): readonly string[] {
      return this.spec?.size === undefined ? [] : ["size"];
    }

    override prepareForDelete(context: HookContext): void {
      delete this.spec;
      context.warn("going");
    }
  }
  const version = compileOne(Held);
  const object = objectOf(version, { spec: { size: 1 } });
  expect(version.hooks.heldBy?.(object)).toEqual(["size"]);
  expect(version.hooks.gracePeriod?.(object, undefined)).toBe(1);
  expect(version.hooks.gracePeriod?.(object, 0)).toBe(0);
  expect(version.hooks.gracePeriod?.(objectOf(version, {}), 5)).toBeUndefined();
  const warnings: string[] = [];
  version.hooks.prepareForDelete?.(object, hookContext(warnings));
  expect(object).toEqual(objectOf(version, {}));
  expect(version.hooks.heldBy?.(object)).toEqual([]);
  expect(warnings).toEqual(["going"]);
  expect(compileOne(Widget).hooks).toMatchObject({
    gracePeriod: undefined,
    heldBy: undefined,
    prepareForDelete: undefined,
  });
});

test("what a class begins changes the object and is ended, and may be async as what follows a delete", async () => {
  const ends: unknown[] = [];
  @Resource({ group: "example.com", version: "v1", kind: "Widget" })
  class Beginning extends ApiObject<WidgetSpec> {
    @Spec()
    override spec?: WidgetSpec;

    override async begin(old: this | undefined): Promise<WriteEnd | undefined> {
      const size = old?.spec?.size ?? 7;
      this.spec = { size };
      return size === 7 ? { end: (stored) => void ends.push(stored) } : undefined;
    }

    override async afterDelete(): Promise<void> {
      ends.push(this.spec?.size);
    }
  }
  const version = compileOne(Beginning);
  const object = objectOf(version, {});
  const begun = await version.hooks.begin?.(object, undefined, hookContext());
  expect(object).toEqual(objectOf(version, { spec: { size: 7 } }));
  await begun?.end(true);
  const old = objectOf(version, { spec: { size: 2 } });
  expect(await version.hooks.begin?.(object, old, hookContext())).toBeUndefined();
  expect(object.spec).toEqual({ size: 2 });
  await version.hooks.afterDelete?.(old, hookContext());
  expect(ends).toEqual([true, 2]);
  expect(compileOne(Widget).hooks).toMatchObject({ begin: undefined, afterDelete: undefined });
});
