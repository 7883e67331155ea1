import { ApiObject, Field, pluralOf, Resource, type ResourceOptions } from "@quarterdeck/sdk";
import { describe, expect, test } from "vitest";
import { compile, mistakeIn } from "../scheme.fixture.js";
import { kind } from "./widget.fixture.js";

describe("one kind in several versions", () => {
  const versions = ["v1alpha1", "v1", "v2beta1", "v10", "v2"].map((version) =>
    kind({ version, storage: version === "v1" }),
  );

  test("makes one descriptor with the versions by priority, alpha off", () => {
    const resources = compile(versions);
    expect(resources).toHaveLength(1);
    const [resource] = resources;
    expect(resource?.servedVersions.map((one) => one.version)).toEqual(["v10", "v2", "v1", "v2beta1"]);
    expect([...(resource?.versions.keys() ?? [])]).toEqual(["v10", "v2", "v1", "v2beta1", "v1alpha1"]);
    expect(resource?.storageVersion.version).toBe("v1");
    expect(resource?.storageVersion.storage).toBe(true);
    expect(Object.isFrozen(resource)).toBe(true);
    expect(Object.isFrozen(resource?.storageVersion.schema.properties?.spec)).toBe(true);
  });

  test.each<[{ [key: string]: boolean }, string[]]>([
    [{ "example.com/v1alpha1": true }, ["v10", "v2", "v1", "v2beta1", "v1alpha1"]],
    [{ "api/alpha": true, "api/beta": false }, ["v10", "v2", "v1", "v1alpha1"]],
    [{ "example.com": true, "example.com/v2": false }, ["v10", "v1", "v2beta1", "v1alpha1"]],
    [{ "api/all": false, "api/ga": true }, ["v10", "v2", "v1"]],
    [{ "example.com": false }, []],
    [{ "other.example.com/v1": false }, ["v10", "v2", "v1", "v2beta1"]],
  ])("%j serves %j", (runtimeConfig, served) => {
    expect(compile(versions, runtimeConfig)[0]?.servedVersions.map((one) => one.version)).toEqual(served);
  });

  test("served: false is final", () => {
    const [resource] = compile([kind({ served: false })], { "example.com/v1": true });
    expect(resource?.servedVersions).toEqual([]);
  });

  test("deprecated versions warn in upstream's words or the author's", () => {
    const [resource] = compile([
      kind({ version: "v2", storage: true }),
      kind({ version: "v1", deprecated: true }),
      kind({ version: "v1beta1", deprecated: "use v2" }),
    ]);
    const warnings = [...(resource?.versions.values() ?? [])].map((one) => one.deprecationWarning);
    expect(warnings).toEqual([undefined, "example.com/v1 Widget is deprecated", "use v2"]);
  });
});

describe("names and habits", () => {
  test.each([
    ["Rollout", "rollouts"],
    ["Policy", "policies"],
    ["Ingress", "ingresses"],
    ["Box", "boxes"],
    ["Patch", "patches"],
    ["Mesh", "meshes"],
    ["ConfigMap", "configmaps"],
  ])("the plural of %s is %s", (name, plural) => {
    expect(pluralOf(name)).toBe(plural);
  });

  test("defaults", () => {
    const [resource] = compile([kind({})]);
    expect(resource).toMatchObject({
      resource: "widgets",
      singular: "widget",
      listKind: "WidgetList",
      shortNames: [],
      namespaced: true,
      flavour: "typed",
      nameFormat: "subdomain",
      createOnUpdate: false,
      unconditionalUpdate: true,
      garbageCollection: "background",
      returnDeletedObject: false,
      keyPrefix: "/registry/example.com/widgets/",
      source: "Widget.ts",
    });
    expect([...(resource?.verbs ?? [])]).toEqual([
      "get",
      "list",
      "watch",
      "create",
      "update",
      "patch",
      "delete",
      "deletecollection",
    ]);
  });

  test("a core kind is typed and has no group in its keys", () => {
    const [resource] = compile([kind({ group: "", scope: "Cluster", withoutVerbs: ["deletecollection"] })]);
    expect(resource).toMatchObject({ flavour: "typed", keyPrefix: "/registry/widgets/", namespaced: false });
    expect(resource?.verbs.has("deletecollection")).toBe(false);
    expect(resource?.storageVersion).toMatchObject({
      apiVersion: "v1",
      listKind: "WidgetList",
      specField: "spec",
      statusField: "status",
    });
  });

  test("versions share what one of them says", () => {
    const [resource] = compile([
      kind({ storage: true, shortNames: ["wd"], plural: "widgetry" }),
      kind({ version: "v1beta1" }),
    ]);
    expect(resource).toMatchObject({ resource: "widgetry", shortNames: ["wd"] });
  });
});

describe("mistakes in @Resource", () => {
  test.each<[Partial<ResourceOptions>, string]>([
    [{ group: "Example" }, 'Widget @Resource: the group must be a DNS name or empty: "Example"'],
    [{ version: "1" }, 'Widget @Resource: the version must look like v1, v1beta1 or v2alpha1: "1"'],
    [{ version: "v1gamma1" }, 'Widget @Resource: the version must look like v1, v1beta1 or v2alpha1: "v1gamma1"'],
    [{ kind: "widget" }, 'Widget @Resource: the kind must be in CamelCase, such as Rollout: "widget"'],
    [{ plural: "Widgets" }, 'Widget @Resource: the plural must be a lowercase DNS label: "Widgets"'],
    [{ shortNames: ["w_d"] }, 'Widget @Resource: shortNames must be lowercase DNS labels: "w_d"'],
    [
      { withoutVerbs: ["deletcollection"] },
      'Widget @Resource: unknown verb: "deletcollection"; did you mean "deletecollection"?',
    ],
    [{ ttlSeconds: 0 }, "Widget @Resource: ttlSeconds must be a positive whole number: 0"],
    [{ storage: false }, 'Widget @Resource: no version of Widget says storage: true: "v1"'],
  ])("%j", (options, message) => {
    const error = mistakeIn(kind(options));
    expect(error.message).toBe(message);
    expect(error.source).toBe("Widget.ts");
  });

  test("a class without a decorator", () => {
    class Plain {}
    expect(mistakeIn(Plain).message).toBe("Plain: the class is not decorated with @Resource");
  });

  test("two storage versions, or none", () => {
    expect(mistakeIn(kind({ storage: true }), kind({ version: "v2", storage: true })).message).toBe(
      'Widget @Resource: only one version of Widget may be the storage version, and Widget is too: "v1"',
    );
    expect(mistakeIn(kind({}), kind({ version: "v2" })).message).toBe(
      'Widget @Resource: no version of Widget says storage: true: "v2, v1"',
    );
  });

  test("a version twice, versions that disagree, names that clash", () => {
    expect(mistakeIn(kind({}), kind({})).message).toBe(
      'Widget @Resource: Widget (Widget.ts) is Widget in v1 of the same group too: "v1"',
    );
    expect(
      mistakeIn(kind({ storage: true, scope: "Cluster" }), kind({ version: "v2", scope: "Namespaced" })).message,
    ).toBe('Widget @Resource: all versions of a kind share scope, but Widget has another: "Cluster"');
    expect(mistakeIn(kind({}), kind({ kind: "Gadget", plural: "widgets" })).message).toBe(
      'Gadget @Resource: the plural is a name of Widget (Widget.ts) in the same group: "widgets"',
    );
    expect(mistakeIn(kind({ shortNames: ["w"] }), kind({ kind: "Gadget", shortNames: ["w"] })).message).toContain(
      "the short name",
    );
    expect(mistakeIn(kind({}), kind({ kind: "WidgetList", plural: "lists", singular: "list" })).message).toContain(
      "the kind is a name",
    );
    expect(compile([kind({}), kind({ group: "other.example.com" })])).toHaveLength(2);
  });

  test("a version that cannot be converted", () => {
    @Resource({ group: "example.com", version: "v2", kind: "Widget" })
    class Later extends ApiObject {}
    expect(mistakeIn(kind({ storage: true }), Later).message).toBe(
      'Later: a version that is not stored needs a method convertTo(): "example.com/v2"',
    );
  });

  test("a field that the server looks after", () => {
    @Resource({ group: "example.com", version: "v1", kind: "Widget" })
    class Widget extends ApiObject {
      @Field()
      override kind!: string;
    }
    expect(mistakeIn(Widget).message).toBe("Widget.kind: every object has this field, and the server looks after it");
  });

  test("the protobuf number of metadata", () => {
    @Resource({ group: "example.com", version: "v1", kind: "Widget" })
    class Widget extends ApiObject {
      @Field({ proto: 1 })
      colour?: string;
    }
    expect(mistakeIn(Widget).message).toBe("Widget.colour: the protobuf field number is that of metadata: 1");
  });
});
