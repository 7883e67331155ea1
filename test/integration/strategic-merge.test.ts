import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { widget, widgetsOf } from "./support/widget.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");
const STRATEGIC = "application/strategic-merge-patch+json";
const STEPS = [
  { name: "first", weight: 10 },
  { name: "second", weight: 50 },
  { name: "rest", weight: 100 },
];

describe("strategic merge patch", () => {
  let server: TestServer;

  beforeAll(async () => {
    // The owners that these objects name are none, for which the garbage collector would take them away.
    server = await startExampleServer({ controllers: [] });
  });
  afterAll(() => server.stop());

  function patch(path: string, body: unknown, type = STRATEGIC) {
    return server.request(path, { method: "PATCH", headers: { "content-type": type }, body });
  }

  it("merges maps, and metadata by what its lists are", async () => {
    const owner = (uid: string, name: string) => ({ apiVersion: "v1", kind: "ConfigMap", name, uid });
    const made = await create(server, MAPS, {
      metadata: {
        name: "metadata",
        labels: { a: "1", b: "2" },
        finalizers: ["example.com/x", "example.com/y"],
        ownerReferences: [owner("1", "one"), owner("2", "two")],
      },
      data: { x: "1", y: "2" },
    });
    const body = {
      metadata: {
        labels: { a: null, c: "3" },
        finalizers: ["example.com/z"],
        "$deleteFromPrimitiveList/finalizers": ["example.com/x"],
        "$setElementOrder/finalizers": ["example.com/y", "example.com/z"],
        ownerReferences: [
          { uid: "1", controller: true },
          { uid: "2", $patch: "delete" },
        ],
      },
      data: { x: null, z: "3" },
    };
    const next = objectOf(await patch(`${MAPS}/metadata`, body, `${STRATEGIC}; charset=utf-8`));
    expect(next).toEqual({
      ...made,
      metadata: {
        ...made.metadata,
        resourceVersion: next.metadata.resourceVersion,
        managedFields: next.metadata.managedFields,
        labels: { b: "2", c: "3" },
        finalizers: ["example.com/y", "example.com/z"],
        ownerReferences: [{ ...owner("1", "one"), controller: true }],
      },
      data: { y: "2", z: "3" },
    });
    expect(objectOf(await server.request(`${MAPS}/metadata`))).toEqual(next);
    await patch(`${MAPS}/metadata`, { metadata: { finalizers: null } });
  });

  it("merges a keyed list by its key", async () => {
    await create(server, ROLLOUTS, rollout("steps", { steps: STEPS, env: { A: "1", B: "2" } }));
    const changed = objectOf(await patch(`${ROLLOUTS}/steps`, { spec: { steps: [{ name: "second", weight: 60 }] } }));
    expect(changed.spec).toMatchObject({ steps: [STEPS[0], { name: "second", weight: 60 }, STEPS[2]] });
    const removed = objectOf(
      await patch(`${ROLLOUTS}/steps`, {
        spec: {
          "$setElementOrder/steps": [{ name: "new" }, { name: "first" }, { name: "rest" }],
          steps: [
            { name: "new", weight: 5 },
            { name: "second", $patch: "delete" },
          ],
          env: { $patch: "replace", C: "3" },
        },
      }),
    );
    expect(removed.spec).toMatchObject({ steps: [{ name: "new", weight: 5 }, STEPS[0], STEPS[2]], env: { C: "3" } });
    expect(removed.spec).not.toHaveProperty("env.A");
    const replaced = objectOf(
      await patch(`${ROLLOUTS}/steps`, { spec: { steps: [{ $patch: "replace" }, { name: "only", weight: 100 }] } }),
    );
    expect(replaced.spec).toMatchObject({ steps: [{ name: "only" }] });
    expect(JSON.stringify(replaced)).not.toContain("$");
  });

  it("merges in the version of the request", async () => {
    await create(server, ROLLOUTS, rollout("versions", { replicas: 2, steps: STEPS }));
    const old = await patch(`${rolloutsOf("default", "v1beta1")}/versions`, { spec: { copies: 3 } });
    expect(objectOf(old)).toMatchObject({ apiVersion: "delivery.example.com/v1beta1", spec: { copies: 3 } });
    expect(objectOf(await server.request(`${ROLLOUTS}/versions`)).spec).toMatchObject({ replicas: 3, steps: STEPS });
  });

  it("writes nothing when nothing changes, nor in a dry run", async () => {
    const made = await create(server, ROLLOUTS, rollout("same", { steps: STEPS }));
    const same = { spec: { steps: [{ name: "first" }], "$setElementOrder/steps": STEPS } };
    expect(objectOf(await patch(`${ROLLOUTS}/same`, same))).toEqual(made);
    const dry = objectOf(await patch(`${ROLLOUTS}/same?dryRun=All`, { spec: { steps: [{ name: "new" }] } }));
    expect(dry.spec).toMatchObject({ steps: [{ name: "new" }, ...STEPS] });
    expect(objectOf(await server.request(`${ROLLOUTS}/same`))).toEqual(made);
  });

  it("applies all of many parallel patches, and refuses a stale resourceVersion", async () => {
    await create(server, ROLLOUTS, rollout("parallel"));
    const names = Array.from({ length: 15 }, (_, index) => `s${index}`);
    const answers = await Promise.all(
      names.map((name) => patch(`${ROLLOUTS}/parallel`, { spec: { steps: [{ name, weight: 1 }] } })),
    );
    for (const answer of answers) expect(answer.status).toBe(200);
    const { spec } = objectOf(await server.request(`${ROLLOUTS}/parallel`));
    expect(
      JSON.stringify(spec)
        .match(/"s\d+"/g)
        ?.sort(),
    ).toEqual(names.map((name) => `"${name}"`).sort());
    const stale = await patch(`${ROLLOUTS}/parallel`, { metadata: { resourceVersion: "1" }, spec: { replicas: 9 } });
    expect(stale.json()).toMatchObject({ code: 409, reason: "Conflict" });
  });

  it("patches the status at /status alone, and the scale", async () => {
    await create(server, ROLLOUTS, rollout("parts"));
    const body = { spec: { replicas: 7 }, status: { phase: "Healthy" } };
    expect(objectOf(await patch(`${ROLLOUTS}/parts/status`, body))).toMatchObject({
      spec: { replicas: 1 },
      status: { phase: "Healthy" },
    });
    const conditions = [{ type: "Ready", status: "True" }];
    const space = objectOf(await patch("/api/v1/namespaces/default/status", { status: { conditions } }));
    expect(space.status).toMatchObject({ conditions });
    expect(objectOf(await patch(`${ROLLOUTS}/parts/scale`, { spec: { replicas: 4 } }))).toMatchObject({
      kind: "Scale",
      spec: { replicas: 4 },
    });
  });

  it("validates the result, and warns of fields that are unknown", async () => {
    await create(server, ROLLOUTS, rollout("checked", { steps: STEPS }));
    const message = "Invalid value: 101: spec.steps[0].weight in body should be less than or equal to 100";
    expectFailure(
      await patch(`${ROLLOUTS}/checked`, { spec: { steps: [{ name: "first", weight: 101 }] } }),
      422,
      "Invalid",
      `Rollout.delivery.example.com "checked" is invalid: spec.steps[0].weight: ${message}`,
      {
        name: "checked",
        group: "delivery.example.com",
        kind: "Rollout",
        causes: [{ reason: "FieldValueInvalid", message, field: "spec.steps[0].weight" }],
      },
    );
    const warned = await patch(`${ROLLOUTS}/checked`, { spec: { replics: 1 } });
    expect([warned.status, warned.headers.warning]).toEqual([200, '299 - "unknown field \\"spec.replics\\""']);
  });

  it.each<[string, RegExp, number?]>([
    ["{", /^invalid JSON patch$/],
    ["[]", /^json: cannot unmarshal array into Go value of type map\[string\]interface \{\}$/],
    ['{"data":{"$retainKeys":"a"}}', /^invalid patch format of retainKeys$/],
    ['{"metadata":{"$deleteFromPrimitiveList":["a"]}}', /^invalid patch format of primitive list$/],
    ['{"data":{"$patch":"merge"}}', /^unknown patch type: merge in map: map\[\$patch:merge\]$/, 500],
    [
      '{"metadata":{"ownerReferences":[{"name":"a"}]}}',
      /^map: map\[name:a\] does not contain declared merge key: uid$/,
      500,
    ],
  ])("answers 400 or 500 to %s", async (body, message, code = 400) => {
    const owner = { apiVersion: "v1", kind: "ConfigMap", name: "o", uid: "1" };
    const path = await server.request(`${MAPS}/bad`);
    if (path.status === 404)
      await create(server, MAPS, { metadata: { name: "bad", ownerReferences: [owner] }, data: { a: "1" } });
    const answer = await patch(`${MAPS}/bad`, body);
    expect(answer.json()).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("is not for kinds that behave as custom resources", async () => {
    await create(server, widgetsOf("default"), widget("custom"));
    const types = "application/json-patch+json, application/merge-patch+json";
    const accepted = `the body of the request was in an unknown format - accepted media types include: ${types}`;
    const apply = "application/apply-patch+yaml";
    const message = `${accepted}, ${apply}`;
    expectFailure(await patch(`${widgetsOf("default")}/custom`, {}), 415, "UnsupportedMediaType", message);
    expectFailure(
      await patch(`${MAPS}/any`, {}, "text/plain"),
      415,
      "UnsupportedMediaType",
      `${accepted}, ${STRATEGIC}, ${apply}`,
    );
  });

  it("merges the lists whose OpenAPI says so, and no others", async () => {
    const document = (await server.request("/openapi/v3/apis/delivery.example.com/v1")).json<{
      components: { schemas: { [name: string]: { properties: { [name: string]: object } } } };
    }>();
    const { schemas } = document.components;
    expect(schemas["com.example.delivery.v1.RolloutSpec"]?.properties.steps).toMatchObject({
      "x-kubernetes-patch-strategy": "merge",
      "x-kubernetes-patch-merge-key": "name",
    });
    expect(schemas["com.example.delivery.v1.EnvironmentSpec"]?.properties.networks).toMatchObject({
      "x-kubernetes-patch-strategy": "merge",
    });
  });
});
