import type { KubeObject } from "@quarterdeck/meta";
import { type AdmissionAttributes, deny } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import { deleteObject } from "./delete.js";
import { bodyOf, configMaps, fixtureOf, fixtureVersion, refusal, rollout, rollouts } from "./resource.fixture.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("createObject", () => {
  it("stores a typed object that says no kind, with uid, time and namespace (rows 15, 19)", async () => {
    const { resource, request, store } = configMaps();
    const { object, created } = await createObject(
      resource,
      request(),
      bodyOf({ metadata: { labels: { b: "2", a: "1" }, name: "x" }, data: { k: "v" } }),
    );
    expect(created).toBe(true);
    expect(JSON.parse(object.bytes.toString())).toEqual({
      kind: "ConfigMap",
      apiVersion: "v1",
      metadata: {
        name: "x",
        namespace: "demo",
        uid: expect.stringMatching(UUID),
        creationTimestamp: "2026-01-02T03:04:06Z",
        labels: { a: "1", b: "2" },
        resourceVersion: "2",
        managedFields: [
          {
            manager: "test",
            operation: "Update",
            apiVersion: "v1",
            time: "2026-01-02T03:04:06Z",
            fieldsType: "FieldsV1",
            fieldsV1: {
              "f:data": { ".": {}, "f:k": {} },
              "f:metadata": { "f:labels": { ".": {}, "f:a": {}, "f:b": {} } },
            },
          },
        ],
      },
      data: { k: "v" },
    });
    expect(Object.keys(object.object)).toEqual(["kind", "apiVersion", "metadata", "data"]);
    expect(Object.keys(object.object.metadata.labels ?? {})).toEqual(["a", "b"]);
    expect(store.writes).toBe(1);
  });

  it("starts custom objects at generation 1, defaulted and without a status (rows 32, 33)", async () => {
    const { resource, request } = rollouts();
    const body = { ...rollout("x", { image: "a" }, { generation: 7, uid: "mine" }), status: { replicas: 3 } };
    const { object } = await createObject(resource, request(), bodyOf(body));
    expect(object.object.spec).toEqual({ replicas: 1, image: "a" });
    expect(object.object.status).toBeUndefined();
    expect(object.object.metadata).toMatchObject({ generation: 1, uid: expect.stringMatching(UUID) });
  });

  it("makes a name of the prefix and five characters (row 20)", async () => {
    const { resource, request } = configMaps();
    const { object } = await createObject(resource, request(), bodyOf({ metadata: { generateName: "g-" } }));
    expect(object.object.metadata.name).toMatch(/^g-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(object.object.metadata.generateName).toBe("g-");
  });

  it("tries eight names, then says when to come again", async () => {
    const { resource, request, store } = configMaps();
    const tried: string[] = [];
    store.create = async (key) => {
      tried.push(key.name);
      return { conflict: undefined };
    };
    const error = await refusal(() => createObject(resource, request(), bodyOf({ metadata: { generateName: "g-" } })));
    expect(new Set(tried).size).toBe(8);
    expect(error.status).toMatchObject({
      code: 409,
      reason: "AlreadyExists",
      message: `configmaps "${tried[7]}" already exists, the server was not able to generate a unique name for the object`,
      details: { name: tried[7], kind: "configmaps", retryAfterSeconds: 1 },
    });
  });

  it("prepares each try afresh", async () => {
    const { resource, request, store } = rollouts({
      hooks: {
        prepareForCreate: (object) => {
          object.metadata.annotations = { ...object.metadata.annotations, [`was-${object.metadata.name}`]: "1" };
        },
      },
    });
    const create = store.create.bind(store);
    let refused = 0;
    store.create = async (...all) => (refused++ < 2 ? { conflict: undefined } : create(...all));
    const body = { ...rollout("x"), metadata: { generateName: "g-" } };
    const { object } = await createObject(resource, request(), bodyOf(body));
    expect(object.object.metadata.annotations).toEqual({ [`was-${object.object.metadata.name}`]: "1" });
  });

  it("refuses a taken name, and says when its holder is being deleted", async () => {
    const { resource, request } = configMaps();
    const body = () => bodyOf({ metadata: { name: "x", finalizers: ["example.com/hold"] } });
    await createObject(resource, request(), body());
    const error = await refusal(() => createObject(resource, request(), body()));
    expect(error.status).toMatchObject({
      code: 409,
      reason: "AlreadyExists",
      message: 'configmaps "x" already exists',
      details: { name: "x", kind: "configmaps" },
    });
    await deleteObject(resource, request({ name: "x" }), {});
    const again = await refusal(() => createObject(resource, request(), body()));
    expect(again.message).toBe('object is being deleted: configmaps "x" already exists');
  });

  it("refuses another namespace than the request's (row 15)", async () => {
    const { resource, request } = configMaps();
    const error = await refusal(() =>
      createObject(resource, request(), bodyOf({ metadata: { name: "x", namespace: "y" } })),
    );
    expect(error.status).toMatchObject({
      code: 400,
      reason: "BadRequest",
      message: "the namespace of the provided object does not match the namespace sent on the request",
    });
  });

  it("drops the namespace of a cluster-scoped object", async () => {
    const { resource, request } = configMaps({ namespaced: false });
    const { object } = await createObject(resource, request(), bodyOf({ metadata: { name: "x", namespace: "y" } }));
    expect(object.object.metadata.namespace).toBeUndefined();
  });

  it("refuses a resourceVersion", async () => {
    const { resource, request } = configMaps();
    const error = await refusal(() =>
      createObject(resource, request(), bodyOf({ metadata: { name: "x", resourceVersion: "1" } })),
    );
    expect(error.status).toMatchObject({
      code: 500,
      message: "resourceVersion should not be set on objects to be created",
    });
  });

  it("takes a resourceVersion on a dry run, which never comes to the store", async () => {
    const { resource, request } = configMaps();
    const body = bodyOf({ metadata: { name: "x", resourceVersion: "5" } });
    const { object } = await createObject(resource, request({ dryRun: true }), body);
    expect(object.object.metadata.resourceVersion).toBe("5");
  });

  it("stores nothing on a dry run, but checks as much", async () => {
    const { resource, request, store } = configMaps();
    const body = () => bodyOf({ metadata: { name: "x" } });
    const { object, created } = await createObject(resource, request({ dryRun: true }), body());
    expect(created).toBe(true);
    expect(object.object.metadata).toMatchObject({ name: "x", uid: expect.stringMatching(UUID) });
    expect(object.object.metadata.resourceVersion).toBeUndefined();
    expect(store.writes).toBe(0);
    await createObject(resource, request(), body());
    expect((await refusal(() => createObject(resource, request({ dryRun: true }), body()))).reason).toBe(
      "AlreadyExists",
    );
  });

  it("runs default, mutate, prepare, validate and validating admission in this order", async () => {
    const calls: string[] = [];
    const { resource, request } = rollouts(
      {
        hooks: {
          default: (object) => {
            calls.push("default");
            object.spec = { ...Object(object.spec), image: "default" };
          },
          prepareForCreate: (object) =>
            calls.push(`prepare ${object.metadata.uid === undefined ? "bare" : "with uid"}`),
          validate: (object) => calls.push(`validate ${JSON.stringify(object.spec)}`),
        },
      },
      [
        {
          mutate: ({ object, name, oldObject, operation }) => {
            calls.push(`mutate ${operation} ${name} ${oldObject}`);
            if (object !== undefined) object.metadata.labels = { team: "a" };
          },
          validate: ({ object }) => void calls.push(`admit ${JSON.stringify(object?.metadata.labels)}`),
        },
      ],
    );
    await createObject(resource, request(), bodyOf(rollout("x")));
    expect(calls).toEqual([
      "default",
      "mutate CREATE x undefined",
      "prepare with uid",
      'validate {"replicas":1,"image":"default"}',
      'admit {"team":"a"}',
    ]);
  });

  it("brings what a mutating plugin leaves to the form of its kind", async () => {
    const { resource, request } = rollouts({}, [
      {
        mutate: ({ object }) => {
          if (object !== undefined) {
            object.spec = { image: "b" };
            object.bogus = 1;
          }
        },
      },
    ]);
    const { object } = await createObject(resource, request(), bodyOf(rollout("x")));
    expect(object.object.spec).toEqual({ replicas: 1, image: "b" });
    expect(object.object.bogus).toBeUndefined();
  });

  it("stores nothing that admission denies", async () => {
    const { resource, request, store } = rollouts({}, [{ validate: () => deny("no") }]);
    const error = await refusal(() => createObject(resource, request(), bodyOf(rollout("x"))));
    expect(error.message).toBe('rollouts.delivery.example.com "x" is forbidden: no');
    expect(store.writes).toBe(0);
  });

  it("asks the class's rules only about objects that fit the schema", async () => {
    let asked = 0;
    const { resource, request } = rollouts({
      hooks: {
        validate: (_object, errors) => {
          asked++;
          errors.invalid("spec.image", "x", "never");
        },
      },
    });
    const schema = await refusal(() => createObject(resource, request(), bodyOf(rollout("x", { replicas: -1 }))));
    expect(schema.status).toMatchObject({
      code: 422,
      details: { group: "delivery.example.com", kind: "Rollout", name: "x" },
    });
    expect(schema.message).toContain("spec.replicas: Invalid value: -1: should be greater than or equal to 0");
    expect(asked).toBe(0);
    const rules = await refusal(() => createObject(resource, request(), bodyOf(rollout("x"))));
    expect(rules.message).toBe('Rollout.delivery.example.com "x" is invalid: spec.image: Invalid value: "x": never');
  });

  it("tells each fault of a typed object once, and warns of none that is refused", async () => {
    const typed = fixtureOf(
      fixtureVersion(
        {},
        {
          hooks: {
            validate: (_object, errors, { warn }) => {
              if (errors.empty) warn("odd");
              for (let told = 0; told < 2; told++) errors.required("data");
            },
          },
        },
      ),
    );
    const { resource, request, warnings } = typed;
    const error = await refusal(() => createObject(resource, request(), bodyOf({ metadata: { name: "X" } })));
    expect(error.status.details?.causes?.map(({ field }) => field)).toEqual(["metadata.name", "data"]);
    expect(warnings).toEqual([]);
  });

  it("names what is wrong as one of the group in which the objects are stored", async () => {
    const storedIn = { group: "", resource: "configmaps" };
    const body = bodyOf({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "X" } });
    const { resource, request } = fixtureOf(fixtureVersion({}, { group: "new.example.com" }), { storedIn });
    const { message } = await refusal(() => createObject(resource, request(), body));
    expect(message).toMatch(/^ConfigMap "X" is invalid: metadata.name: /);
  });

  it.each([
    ["leaves", () => undefined, true],
    [
      "changes",
      ({ object }: AdmissionAttributes) => Object.assign(object?.metadata ?? {}, { labels: { b: "2" } }),
      false,
    ],
  ] as const)("has the class find the labels that it made where admission %s them", async (_how, mutate, found) => {
    const made = { a: "1" };
    let same: boolean | undefined;
    const hooks = {
      default: ({ metadata }: KubeObject) => {
        metadata.labels = made;
      },
      prepareForCreate: ({ metadata }: KubeObject) => {
        same = metadata.labels === made;
      },
    };
    const plugin = { mutate: (attributes: AdmissionAttributes) => void mutate(attributes) };
    const { resource, request } = rollouts({ hooks }, [plugin]);
    await createObject(resource, request(), bodyOf(rollout("x")));
    expect(same).toBe(found);
  });

  it("answers with the object's faults when a hook stumbles over them", async () => {
    const { resource, request } = rollouts({
      hooks: {
        default: () => {
          throw new TypeError("x is undefined");
        },
      },
    });
    expect((await refusal(() => createObject(resource, request(), bodyOf(rollout("x", { replicas: -1 }))))).code).toBe(
      422,
    );
    await expect(createObject(resource, request(), bodyOf(rollout("x")))).rejects.toThrow(TypeError);
  });

  it("drops duplicate owners with a warning, and warns of finalizers without a domain", async () => {
    const { resource, request, warnings } = rollouts();
    const owner = { apiVersion: "v1", kind: "Pod", name: "p", uid: "u" };
    const body = bodyOf(rollout("x", {}, { ownerReferences: [owner, owner], finalizers: ["mine", "a.b", "a.b/c"] }));
    const { object } = await createObject(resource, request(), body);
    expect(object.object.metadata.ownerReferences).toEqual([owner]);
    expect(warnings[0]).toMatch(/^\.metadata\.ownerReferences contains duplicate entries; .* observed: u$/);
    expect(warnings.slice(1)).toEqual([
      'metadata.finalizers: "mine": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers',
      'metadata.finalizers: "a.b": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers',
    ]);
  });

  it("keeps hostile keys as data", async () => {
    const { resource, request } = configMaps();
    const body = JSON.parse(
      '{"metadata":{"name":"x","annotations":{"constructor":"c"},"__proto__":{"name":"y"}},"data":{"__proto__":"p"}}',
    );
    const { object } = await createObject(resource, request(), bodyOf(body));
    expect(object.bytes.toString()).toContain('"data":{"__proto__":"p"}');
    expect(object.bytes.toString()).toContain('"annotations":{"constructor":"c"}');
    expect(Object.getPrototypeOf({})).not.toHaveProperty("name");
  });

  it("gives each write the time to live of its kind", async () => {
    const { resource, request, store } = configMaps({ ttlSeconds: 3600 });
    await createObject(resource, request(), bodyOf({ metadata: { name: "x" } }));
    expect(store.ttls).toEqual([3600]);
  });

  it("converts to the storage version", async () => {
    const { resource, request } = rollouts({
      toStorage: (object) => ({ ...object, apiVersion: "delivery.example.com/v2" }),
    });
    const { object } = await createObject(resource, request(), bodyOf(rollout("x")));
    expect(object.object.apiVersion).toBe("delivery.example.com/v2");
  });
});
