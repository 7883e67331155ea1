import { FieldErrors, type JsonObject } from "@quarterdeck/meta";
import { ApiObject, Field, Resource, Spec, Subresource, type SubresourceContext } from "@quarterdeck/sdk";
import { expect, test } from "vitest";
import { compileOne, mistakeIn, objectOf, subresourceContext } from "../scheme.fixture.js";
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
