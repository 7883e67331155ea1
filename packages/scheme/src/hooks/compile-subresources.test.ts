import { FieldErrors, type JsonObject } from "@quarterdeck/meta";
import {
  ApiObject,
  type ConnectContext,
  Field,
  Resource,
  Spec,
  Subresource,
  type SubresourceContext,
} from "@quarterdeck/sdk";
import { describe, expect, test } from "vitest";
import { compileOne, connectContext, mistakeIn, objectOf, subresourceContext } from "../scheme.fixture.js";
import { SubresourceResultError } from "./compile-subresources.js";

class WidgetSpec {
  @Field({ type: "integer" })
  restarts?: number;
}

class RestartRequest {
  @Field({ type: "integer", default: 1 })
  times!: number;

  get isMany(): boolean {
    return this.times > 1;
  }
}

@Resource({ group: "example.com", version: "v1", kind: "Widget" })
class Widget extends ApiObject<WidgetSpec> {
  @Spec()
  override spec!: WidgetSpec;

  @Subresource("restart")
  restart(request: RestartRequest, { user }: SubresourceContext): this {
    this.spec.restarts = (this.spec.restarts ?? 0) + request.times;
    this.metadata.annotations = { by: user.name, many: String(request.isMany) };
    return this;
  }

  @Subresource("report", { verbs: ["get", "create"] })
  async report(body: JsonObject): Promise<object> {
    return { kind: "Report", restarts: this.spec.restarts, body, nothing: undefined };
  }

  @Subresource("wrong")
  wrong(): object {
    return [];
  }
}

const version = compileOne(Widget);

test("the input class is that of the first parameter, with its own normaliser", () => {
  const restart = version.subresources.get("restart");
  expect(restart).toMatchObject({ name: "restart", verbs: ["create"], inputKind: "RestartRequest" });
  const report = { unknown: [], errors: new FieldErrors() };
  expect(restart?.inputNormaliser?.normalise({ kind: "RestartRequest", zzz: 1 }, report)).toEqual({
    kind: "RestartRequest",
    times: 1,
  });
  expect(report.unknown).toEqual(["zzz"]);
  expect(version.subresources.get("report")).toMatchObject({
    inputKind: "Widget",
    inputNormaliser: undefined,
    verbs: ["get", "create"],
  });
});

test("returning this stores a changed copy", async () => {
  const object = objectOf(version, { spec: { restarts: 1 } });
  const result = await version.subresources.get("restart")?.run(object, { times: 2 }, subresourceContext());
  expect(result).toEqual({
    store: objectOf(version, { spec: { restarts: 3 } }, { name: "web", annotations: { by: "ann", many: "true" } }),
  });
  expect(object).toEqual(objectOf(version, { spec: { restarts: 1 } }));
});

test("any other object is the answer", async () => {
  const result = await version.subresources
    .get("report")
    ?.run(objectOf(version, { spec: {} }), { a: 1 }, subresourceContext());
  expect(result).toEqual({ answer: { kind: "Report", body: { a: 1 } } });
});

test("anything else is an error that names the method", async () => {
  const run = version.subresources.get("wrong")?.run(objectOf(version, { spec: {} }), {}, subresourceContext());
  await expect(run).rejects.toThrow(SubresourceResultError);
  await expect(run).rejects.toThrow("Widget.wrong must return this or an object");
});

test("the kind of a body may be another than its class's name, but must be one", () => {
  const named = (kind: string) => {
    @Resource({ group: "example.com", version: "v1", kind: "Widget" })
    class Named extends ApiObject<WidgetSpec> {
      @Subresource("finalize", { verbs: ["update"], kind })
      finalize(_request: RestartRequest): this {
        return this;
      }
    }
    return Named;
  };
  expect(compileOne(named("Widget")).subresources.get("finalize")?.inputKind).toBe("Widget");
  expect(mistakeIn(named("widget")).message).toBe(
    'Named @Subresource("finalize"): the kind must be in CamelCase: "widget"',
  );
});

describe("a method that is connected to", () => {
  class ListenOptions {
    @Field({ type: "boolean", default: false })
    follow!: boolean;
  }

  @Resource({ group: "example.com", version: "v1", kind: "Widget" })
  class Heard extends ApiObject<WidgetSpec> {
    @Spec()
    override spec?: WidgetSpec;

    @Subresource("listen", { verbs: ["get", "delete"], connect: true })
    listen({ follow }: ListenOptions, { path }: ConnectContext): object {
      const { restarts } = this.spec ?? {};
      if (this.spec !== undefined) this.spec.restarts = 9;
      return { restarts, follow, path };
    }

    @Subresource("proxy", { verbs: ["patch"], connect: "proxy", kind: "HeardProxyOptions" })
    proxy(): void {}

    @Subresource("wrong", { verbs: ["get"], connect: "read" })
    wrong(): object {
      return [];
    }
  }

  const { subresources } = compileOne(Heard);
  const open = (name: string, object = objectOf(version, { spec: { restarts: 1 } })) =>
    subresources.get(name)?.connect?.open(object, { follow: true }, connectContext());

  test("has a mode, verbs of its own and the kind of its options", () => {
    expect(subresources.get("listen")).toMatchObject({
      verbs: ["get", "delete"],
      inputKind: "ListenOptions",
      connect: { mode: true, optionsKind: "ListenOptions" },
    });
    expect(subresources.get("proxy")).toMatchObject({
      verbs: ["patch"],
      inputKind: "HeardProxyOptions",
      connect: { mode: "proxy", optionsKind: "HeardProxyOptions" },
    });
    expect(version.subresources.get("restart")?.connect).toBeUndefined();
  });

  test("runs on a copy and answers, or has answered", async () => {
    const object = objectOf(version, { spec: { restarts: 1 } });
    expect(await open("listen", object)).toEqual({ restarts: 1, follow: true, path: "/a" });
    expect(object.spec).toEqual({ restarts: 1 });
    expect(await open("proxy")).toBeUndefined();
    await expect(open("wrong")).rejects.toThrow("Heard.wrong must return nothing or an object");
  });

  test("alone may have PATCH and DELETE", () => {
    @Resource({ group: "example.com", version: "v1", kind: "Widget" })
    class Called extends ApiObject {
      @Subresource("drop", { verbs: ["delete"] })
      drop(): object {
        return this;
      }
    }
    expect(mistakeIn(Called).message).toBe(
      'Called @Subresource("drop"): only a subresource that is connected to has this verb: "delete"',
    );
  });
});
