import type { ObjectMeta } from "@quarterdeck/meta";
import { ApiObject, Field, Resource, Spec } from "@quarterdeck/sdk";
import { describe, expect, test } from "vitest";
import { compile, objectOf } from "../scheme.fixture.js";
import { ConversionError } from "./conversion.js";

class StoredSpec {
  @Field({ type: "integer", default: 1 })
  replicas!: number;

  @Field({ additionalProperties: { type: "string" } })
  extra?: { [name: string]: string };
}

@Resource({ group: "example.com", version: "v1", kind: "Widget", storage: true })
class Stored extends ApiObject<StoredSpec> {
  @Spec()
  override spec!: StoredSpec;
}

class OldSpec {
  @Field({ type: "integer" })
  copies?: number;
}

/** What the conversion functions of the old version do; each test sets its own. */
const convert = {
  to: (old: Old): object => ({ spec: { replicas: old.spec.copies } }),
  from: (stored: Stored): object => ({ spec: { copies: stored.spec.replicas } }),
};

@Resource({ group: "example.com", version: "v1beta1", kind: "Widget" })
class Old extends ApiObject<OldSpec> {
  @Spec()
  override spec!: OldSpec;

  override convertTo(): object {
    return convert.to(this);
  }

  static convertFrom(stored: Stored): object {
    return convert.from(stored);
  }
}

function versions() {
  const [resource] = compile([Stored, Old]);
  const old = resource?.versions.get("v1beta1");
  if (resource === undefined || old === undefined) throw new RangeError("both versions are there");
  return { old, stored: resource.storageVersion };
}

const metadata: ObjectMeta = { name: "web", labels: { a: "1" }, finalizers: ["x/y"] };

describe("conversion", () => {
  test("carries metadata over, sets apiVersion and kind, and normalises", () => {
    const { old, stored } = versions();
    const there = old.toStorage(objectOf(old, { spec: {} }, metadata));
    expect(JSON.stringify(there)).toBe(
      '{"spec":{"replicas":1},"kind":"Widget","apiVersion":"example.com/v1","metadata":{"name":"web","labels":{"a":"1"},"finalizers":["x/y"]}}',
    );
    expect(old.fromStorage(objectOf(stored, { spec: { replicas: 5 } }))).toMatchObject({
      apiVersion: "example.com/v1beta1",
      spec: { copies: 5 },
    });
  });

  test("the storage version is the same object", () => {
    const { stored } = versions();
    const object = objectOf(stored, {});
    expect(stored.toStorage(object)).toBe(object);
    expect(stored.fromStorage(object)).toBe(object);
  });

  test("may decide labels and annotations, and nothing else of metadata", () => {
    const { old, stored } = versions();
    convert.from = ({ metadata: { labels, ...rest } }) => ({
      metadata: { ...rest, name: "other", annotations: { kept: "1" } },
    });
    expect(old.fromStorage(objectOf(stored, {}, metadata)).metadata).toEqual({
      name: "web",
      annotations: { kept: "1" },
      finalizers: ["x/y"],
    });
    convert.from = () => ({ metadata: { annotations: { kept: 1 } } });
    expect(() => old.fromStorage(objectOf(stored, {}))).toThrow(ConversionError);
  });

  test("may change what it is given without changing the caller's object", () => {
    const { old, stored } = versions();
    convert.from = (given) => {
      given.spec.replicas = 99;
      return { spec: { copies: 1 } };
    };
    const object = objectOf(stored, { spec: { replicas: 5 } });
    old.fromStorage(object);
    expect(object.spec).toEqual({ replicas: 5 });
  });

  test.each<[string, (stored: Stored) => object, string]>([
    ["throws", () => Reflect.apply(Reflect.get, Reflect, [undefined, "x"]), "Reflect.get called on non-object"],
    ["makes a field of the wrong type", () => ({ spec: { copies: "many" } }), 'spec.copies: Invalid value: "string"'],
    ["returns a list", () => [], "the conversion function returned no object"],
  ])("a function that %s is told with both versions", (_what, from, message) => {
    const { old, stored } = versions();
    convert.from = from;
    const run = () => old.fromStorage(objectOf(stored, { spec: {} }));
    expect(run).toThrow(ConversionError);
    expect(run).toThrow(`converting Widget from example.com/v1 to example.com/v1beta1: ${message}`);
  });
});
