import type { KubeObject } from "@quarterdeck/meta";
import type { TestResponse, TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, listOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { widgetsOf } from "./support/widget.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");
const APPLY = "application/apply-patch+yaml";

/** Who owns what, a line for each entry. */
function ownersOf({ metadata }: KubeObject): string[] {
  return (metadata.managedFields ?? []).map(
    ({ manager, operation, apiVersion, subresource = "", fieldsV1 }) =>
      `${manager} ${operation} ${apiVersion}${subresource === "" ? "" : ` ${subresource}`} ${JSON.stringify(fieldsV1)}`,
  );
}

function expectConflict(response: TestResponse, message: string): void {
  expect(response.status).toBe(409);
  expect(response.json()).toMatchObject({ kind: "Status", status: "Failure", reason: "Conflict", message });
}

describe("server-side apply", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  function apply(path: string, manager: string, body: unknown, query = ""): Promise<TestResponse> {
    const headers = { "content-type": APPLY };
    return server.request(`${path}?fieldManager=${manager}${query}`, { method: "PATCH", headers, body });
  }

  function patch(path: string, body: unknown, headers: { [name: string]: string } = {}): Promise<TestResponse> {
    const type = { "content-type": "application/merge-patch+json", ...headers };
    return server.request(path, { method: "PATCH", headers: type, body });
  }

  it("makes an object of YAML, then changes it, then leaves it alone", async () => {
    const yaml = (value: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\n  labels: {app: web}\ndata:\n  a: "${value}"\n`;
    const made = await apply(`${MAPS}/yaml`, "m", yaml("1"));
    expect(made.status).toBe(201);
    expect(ownersOf(objectOf(made))).toEqual([
      'm Apply v1 {"f:data":{"f:a":{}},"f:metadata":{"f:labels":{"f:app":{}}}}',
    ]);
    const changed = await apply(`${MAPS}/yaml`, "m", yaml("2"));
    expect([changed.status, objectOf(changed).data]).toEqual([200, { a: "2" }]);
    const same = await apply(`${MAPS}/yaml`, "m", yaml("2"));
    expect(same.text()).toBe(changed.text());
  });

  it("merges lists by their keys, and takes away the items that their manager no longer has", async () => {
    const path = `${ROLLOUTS}/lists`;
    const steps = (...names: string[]) => names.map((name) => ({ name, weight: 100 }));
    objectOf(await apply(path, "m1", rollout("lists", { steps: steps("a", "b") })));
    const both = {
      apiVersion: "delivery.example.com/v1",
      kind: "Rollout",
      metadata: { name: "lists" },
      spec: { steps: steps("b", "c") },
    };
    const merged = objectOf(await apply(path, "m2", both));
    expect(merged.spec).toMatchObject({ image: "web:1", steps: steps("a", "b", "c") });
    const left = objectOf(await apply(path, "m1", rollout("lists", { steps: steps("b") })));
    expect(left.spec).toMatchObject({ steps: steps("b", "c") });
  });

  it("tells who owns what it may not change, in the words that kubectl prints", async () => {
    const path = `${ROLLOUTS}/conflict`;
    const agent = { "user-agent": "kubectl-edit/v1.36" };
    objectOf(await apply(path, "m1", rollout("conflict", { replicas: 2 })));
    objectOf(await patch(path, { spec: { image: "web:2" } }, agent));
    const config = rollout("conflict", { image: "web:3", replicas: 3 });
    const response = await apply(path, "m2", config);
    expectConflict(
      response,
      'Apply failed with 2 conflicts: conflicts with "kubectl-edit" using delivery.example.com/v1:\n- .spec.image\n' +
        'conflicts with "m1":\n- .spec.replicas',
    );
    expect(response.json()).toMatchObject({
      details: {
        causes: [
          {
            reason: "FieldManagerConflict",
            message: 'conflict with "kubectl-edit" using delivery.example.com/v1',
            field: ".spec.image",
          },
          { reason: "FieldManagerConflict", message: 'conflict with "m1"', field: ".spec.replicas" },
        ],
      },
    });
    const forced = objectOf(await apply(path, "m2", config, "&force=true"));
    expect(forced.spec).toMatchObject({ image: "web:3", replicas: 3 });
    expect(ownersOf(forced)).toEqual(['m2 Apply delivery.example.com/v1 {"f:spec":{"f:image":{},"f:replicas":{}}}']);
  });

  it("lets status and scale have owners of their own", async () => {
    const path = `${ROLLOUTS}/parts`;
    objectOf(await apply(path, "m", rollout("parts", { replicas: 2 })));
    const status = { ...rollout("parts"), status: { phase: "Healthy", replicas: 2 } };
    const written = objectOf(await apply(`${path}/status`, "s", status, "&force=true"));
    expect(written).toMatchObject({ spec: { replicas: 2 }, status: { phase: "Healthy", replicas: 2 } });
    expect(ownersOf(written)).toContain(
      's Apply delivery.example.com/v1 status {"f:status":{"f:phase":{},"f:replicas":{}}}',
    );
    const scale = {
      apiVersion: "autoscaling/v1",
      kind: "Scale",
      metadata: { name: "parts" },
      spec: { replicas: 5 },
    };
    expectConflict(
      await apply(`${path}/scale`, "autoscaler", scale),
      'Apply failed with 1 conflict: conflict with "m": .spec.replicas',
    );
    const scaled = await apply(`${path}/scale`, "autoscaler", scale, "&force=true");
    expect(scaled.json()).toMatchObject({ kind: "Scale", spec: { replicas: 5 } });
    const object = objectOf(await server.request(path));
    expect(ownersOf(object)).toContain('autoscaler Apply delivery.example.com/v1 scale {"f:spec":{"f:replicas":{}}}');
    // Its first manager may leave the number out now, and it stays.
    const left = objectOf(await apply(path, "m", rollout("parts")));
    expect(left.spec).toMatchObject({ replicas: 5 });
  });

  it("moves the number of replicas to whoever scales", async () => {
    const path = `${widgetsOf("default")}/scaled`;
    const config = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "scaled" }, spec: { size: 1 } };
    objectOf(await apply(path, "m", { ...config, spec: { size: 1, colour: "red" } }));
    await patch(`${path}/scale`, { spec: { replicas: 4 } }, { "user-agent": "kubectl/v1.36" });
    const object = objectOf(await server.request(path));
    expect(ownersOf(object)).toEqual([
      'm Apply example.com/v1 {"f:spec":{"f:colour":{}}}',
      'kubectl Update example.com/v1 scale {"f:spec":{"f:size":{}}}',
    ]);
  });

  it("goes on in another version of the kind", async () => {
    const older = { apiVersion: "delivery.example.com/v1beta1", kind: "Rollout", metadata: { name: "versions" } };
    const path = `${rolloutsOf("default", "v1beta1")}/versions`;
    objectOf(await apply(path, "m", { ...older, spec: { image: "web:1", copies: 3 } }));
    const error = await apply(`${ROLLOUTS}/versions`, "other", rollout("versions", { replicas: 4 }));
    // The field has the name that its manager knows it by.
    expectConflict(error, 'Apply failed with 1 conflict: conflict with "m": .spec.copies');
    const next = objectOf(await apply(`${ROLLOUTS}/versions`, "m", rollout("versions", { replicas: 4 })));
    expect(next.spec).toMatchObject({ replicas: 4 });
    expect(ownersOf(next)).toEqual(['m Apply delivery.example.com/v1 {"f:spec":{"f:image":{},"f:replicas":{}}}']);
  });

  it("owns what the schema does not know, where it may have such", async () => {
    const path = `${ROLLOUTS}/free`;
    const made = objectOf(await apply(path, "m", rollout("free", { extensions: { a: { b: [1, { c: 2 }] } } })));
    expect(ownersOf(made)).toEqual([
      'm Apply delivery.example.com/v1 {"f:spec":{"f:extensions":{"f:a":{".":{},"f:b":{}}},"f:image":{}}}',
    ]);
    const next = objectOf(await apply(path, "m", rollout("free", { extensions: { d: 1 } })));
    expect(next.spec).toMatchObject({ extensions: { d: 1 } });
  });

  it("forgets all owners on request, and starts anew with the next apply", async () => {
    const made = await create(server, MAPS, { metadata: { name: "reset" }, data: { a: "1" } });
    expect(ownersOf(made)).toEqual(['unknown Update v1 {"f:data":{".":{},"f:a":{}}}']);
    const reset = objectOf(await patch(`${MAPS}/reset`, { metadata: { managedFields: [{}] } }));
    expect(reset.metadata.managedFields).toBeUndefined();
    const untracked = objectOf(await patch(`${MAPS}/reset`, { data: { b: "2" } }));
    expect(untracked.metadata.managedFields).toBeUndefined();
    const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "reset" }, data: { b: "2" } };
    expect(ownersOf(objectOf(await apply(`${MAPS}/reset`, "m", config)))).toEqual([
      'm Apply v1 {"f:data":{"f:b":{}}}',
      'before-first-apply Update v1 {"f:data":{".":{},"f:a":{},"f:b":{}}}',
    ]);
  });

  it("tells the owners in lists, watches and metadata alone", async () => {
    const path = `${MAPS}/told`;
    const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "told" }, data: { a: "1" } };
    const { metadata } = objectOf(await apply(path, "m", config));
    const list = listOf(await server.request(`${MAPS}?fieldSelector=metadata.name=told`));
    expect(list.items.map((item) => item.metadata)).toEqual([metadata]);
    const accept = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    expect(objectOf(await server.request(path, { headers: { accept } })).metadata).toEqual(metadata);
  });

  it("stores nothing on a dry run, but tells what would become of it", async () => {
    const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "dry" }, data: { a: "1" } };
    const response = await apply(`${MAPS}/dry`, "m", config, "&dryRun=All");
    expect([response.status, ownersOf(objectOf(response))]).toEqual([201, ['m Apply v1 {"f:data":{"f:a":{}}}']]);
    expect((await server.request(`${MAPS}/dry`)).status).toBe(404);
  });

  it.each([
    [
      "nobody as its manager",
      "",
      {},
      422,
      "Invalid",
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    ],
    [
      "a name that it is not",
      "m",
      { metadata: { name: "other" } },
      400,
      "BadRequest",
      /does not match the name on the URL/,
    ],
    ["no name", "m", { metadata: {} }, 400, "BadRequest", /name must be provided/],
    [
      "another namespace",
      "m",
      { metadata: { name: "bad", namespace: "x" } },
      400,
      "BadRequest",
      /namespace of the provided/,
    ],
    ["another kind", "m", { kind: "Secret" }, 400, "BadRequest", "invalid object type: /v1, Kind=Secret"],
    [
      "managedFields",
      "m",
      { metadata: { name: "bad", managedFields: [] } },
      400,
      "BadRequest",
      "metadata.managedFields must be nil",
    ],
    [
      "a field that there is not",
      "m",
      { metadata: { name: "bad", namespace: "default" }, foo: 1 },
      500,
      undefined,
      "failed to create typed patch object (default/bad; /v1, Kind=ConfigMap): .foo: field not declared in schema",
    ],
    [
      "an owner twice",
      "m",
      {
        metadata: {
          name: "bad",
          ownerReferences: [1, 2].map(() => ({ apiVersion: "v1", kind: "ConfigMap", name: "a", uid: "u" })),
        },
      },
      500,
      undefined,
      /\.metadata\.ownerReferences: duplicate entries for key \[uid="u"\]/,
    ],
  ])("refuses %s", async (_, manager, over, code, reason, message) => {
    const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "bad" }, ...over };
    const response = await apply(`${MAPS}/bad`, manager, config);
    expect(response.json()).toMatchObject({
      kind: "Status",
      code,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
    expect(response.json<{ reason?: string }>().reason).toBe(reason);
    expect((await server.request(`${MAPS}/bad`)).status).toBe(404);
  });

  it.each([
    ["{", 400, /^error decoding patch: /],
    ["[]", 400, /^error decoding patch: /],
    [
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndata: {a: '1', a: '2'}\n",
      400,
      /line 4: key "a" already set in map$/,
    ],
  ])("refuses a body that cannot be read, strictly: %j", async (body, code, message) => {
    const response = await apply(`${MAPS}/bad`, "m", body, "&fieldValidation=Strict");
    expectFailure(response, code, "BadRequest", expect.stringMatching(message));
  });

  it("refuses force for what is no apply", async () => {
    await create(server, MAPS, { metadata: { name: "force" } });
    expectFailure(
      await patch(`${MAPS}/force?force=true`, {}),
      422,
      "Invalid",
      'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
      {
        group: "meta.k8s.io",
        kind: "PatchOptions",
        causes: [
          {
            reason: "FieldValueForbidden",
            message: "Forbidden: may not be specified for non-apply patch",
            field: "force",
          },
        ],
      },
    );
  });

  it("needs the right to create to make an object, and no more than the right to patch to change one", async () => {
    const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["patch"] }];
    const roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default";
    await create(server, `${roles}/roles`, { metadata: { name: "patcher" }, rules });
    await create(server, `${roles}/rolebindings`, {
      metadata: { name: "patcher" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "patcher" },
      subjects: [{ kind: "User", name: "alice", apiGroup: "rbac.authorization.k8s.io" }],
    });
    const as = (body: unknown) =>
      server.request(`${MAPS}/alices?fieldManager=alice`, {
        method: "PATCH",
        headers: { "content-type": APPLY, "impersonate-user": "alice" },
        body,
      });
    const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "alices" }, data: { a: "1" } };
    expectFailure(
      await as(config),
      403,
      "Forbidden",
      'configmaps "alices" is forbidden: User "alice" cannot create resource "configmaps" in API group "" ' +
        'in the namespace "default"',
      { name: "alices", kind: "configmaps" },
    );
    await create(server, MAPS, { metadata: { name: "alices" } });
    expect((await as(config)).status).toBe(200);
  });

  it("lets all have their way who apply different fields at once", async () => {
    const path = `${MAPS}/crowd`;
    const config = (who: number) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "crowd" },
      data: { [`k${who}`]: String(who) },
    });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, who) => apply(path, `m${who}`, config(who))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const object = objectOf(await server.request(path));
    expect(Object.keys(Object(object.data))).toHaveLength(20);
    expect(object.metadata.managedFields).toHaveLength(20);
  });
});
