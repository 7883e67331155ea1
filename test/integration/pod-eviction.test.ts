import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { expectFailure } from "./support/expect-failure.js";

const MERGE = { "content-type": "application/merge-patch+json" };
const REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";
const SUCCESS = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 };
const READY = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
const UNREADY = { phase: "Running", conditions: [{ type: "Ready", status: "False" }] };

describe("evictions", () => {
  let server: TestServer;
  let count = 0;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  const patch = async (path: string, body: object) =>
    objectOf(await server.request(path, { method: "PATCH", headers: MERGE, body }));

  /** A namespace with a pod on a node, in this state. */
  async function place(status: object = READY, finalizers: string[] = ["example.com/keep"]) {
    const namespace = `evictions-${++count}`;
    await create(server, "/api/v1/namespaces", { metadata: { name: namespace } });
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    // The finalizer keeps what is evicted for us to look at.
    const metadata = { name: "web", labels: { app: "web" }, finalizers };
    const spec = { nodeName: "n1", containers: [{ name: "web", image: "nginx" }] };
    const made = await create(server, pods, { metadata, spec });
    await patch(`${pods}/web/status`, { status });
    return { namespace, pod: `${pods}/web`, uid: made.metadata.uid };
  }

  /** A budget that its controller has counted. */
  async function budget(namespace: string, status: object, spec: object = {}, name = "pdb") {
    const budgets = `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`;
    const selector = { matchLabels: { app: "web" } };
    await create(server, budgets, { metadata: { name }, spec: { selector, minAvailable: 1, ...spec } });
    const counted = {
      observedGeneration: 1,
      currentHealthy: 0,
      desiredHealthy: 0,
      disruptionsAllowed: 0,
      expectedPods: 1,
    };
    await patch(`${budgets}/${name}/status`, { status: { ...counted, ...status } });
    return `${budgets}/${name}`;
  }

  function evict(pod: string, body: object = {}, query = "") {
    const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "web" }, ...body };
    return server.request(`${pod}/eviction${query}`, { method: "POST", body: eviction });
  }

  async function isGoing(pod: string): Promise<boolean> {
    return objectOf(await server.request(pod)).metadata.deletionTimestamp !== undefined;
  }

  async function statusOf(path: string): Promise<{ [field: string]: unknown }> {
    return Object(objectOf(await server.request(path)).status);
  }

  it("delete a pod that has no budget, and say so in its status", async () => {
    const { pod } = await place();
    const done = await evict(pod);
    expect([done.status, done.json()]).toEqual([201, SUCCESS]);
    expect(await isGoing(pod)).toBe(true);
    expect((await statusOf(pod)).conditions).toContainEqual({
      type: "DisruptionTarget",
      status: "True",
      reason: "EvictionByEvictionAPI",
      message: "Eviction API: evicting",
      lastProbeTime: null,
      lastTransitionTime: expect.any(String),
    });
  });

  it("are asked for in the older version too", async () => {
    const { pod } = await place();
    expect((await evict(pod, { apiVersion: "policy/v1beta1" })).status).toBe(201);
    expect(await isGoing(pod)).toBe(true);
  });

  it("take a disruption off the budget, and are refused when there is none left", async () => {
    const { namespace, pod } = await place();
    const path = await budget(namespace, { disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1 });
    expect((await evict(pod, {}, "?dryRun=All")).status).toBe(201);
    expect(await isGoing(pod)).toBe(false);
    expect(await statusOf(path)).toMatchObject({ disruptionsAllowed: 1 });
    expect((await evict(pod)).status).toBe(201);
    expect(await isGoing(pod)).toBe(true);
    expect(await statusOf(path)).toMatchObject({
      disruptionsAllowed: 0,
      disruptedPods: { web: expect.any(String) },
      conditions: [{ type: "DisruptionAllowed", status: "False", reason: "InsufficientPods", observedGeneration: 1 }],
    });
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    const spec = { nodeName: "n1", containers: [{ name: "web", image: "nginx" }] };
    await create(server, pods, { metadata: { name: "other", labels: { app: "web" } }, spec });
    await patch(`${pods}/other/status`, { status: READY });
    const refused = await evict(`${pods}/other`, { metadata: { name: "other" } });
    expect(refused.status).toBe(429);
    expect((await server.request(`${pods}/other`)).status).toBe(200);
  });

  it.each<[title: string, status: object, code: number, reason: string, message: string, details: object]>([
    [
      "nothing is left",
      { currentHealthy: 1, desiredHealthy: 1 },
      429,
      "TooManyRequests",
      REFUSED,
      {
        causes: [
          { reason: "DisruptionBudget", message: "The disruption budget pdb needs 1 healthy pods and has 1 currently" },
        ],
      },
    ],
    [
      "it was not counted yet",
      { observedGeneration: 0, disruptionsAllowed: 1 },
      429,
      "TooManyRequests",
      REFUSED,
      {
        causes: [
          { reason: "DisruptionBudget", message: "The disruption budget pdb is still being processed by the server." },
        ],
        retryAfterSeconds: 10,
      },
    ],
    [
      "it could not be counted",
      { conditions: [{ type: "DisruptionAllowed", status: "False", reason: "SyncFailed", message: "no scale" }] },
      429,
      "TooManyRequests",
      REFUSED,
      {
        causes: [
          {
            reason: "DisruptionBudget",
            message:
              "The disruption budget pdb does not allow evicting pods currently because it failed sync: no scale",
          },
        ],
      },
    ],
  ])("are refused by the budget when %s", async (_title, status, code, reason, message, details) => {
    const { namespace, pod } = await place();
    const conditions = { lastTransitionTime: "2026-01-01T00:00:00Z" };
    const full = JSON.parse(JSON.stringify(status));
    for (const condition of full.conditions ?? []) Object.assign(condition, conditions);
    await budget(namespace, full);
    expectFailure(await evict(pod), code, reason, message, details);
    expect(await isGoing(pod)).toBe(false);
  });

  it("fail with two budgets", async () => {
    const { namespace, pod } = await place();
    await budget(namespace, { disruptionsAllowed: 1 });
    await budget(namespace, { disruptionsAllowed: 1 }, {}, "second");
    expect((await evict(pod)).json()).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
      code: 500,
    });
    expect(await isGoing(pod)).toBe(false);
  });

  it.each<[title: string, pod: object, budget: object, spec: object, allowed: boolean]>([
    ["has ended", { phase: "Succeeded" }, {}, {}, true],
    ["waits", { phase: "Pending" }, {}, {}, true],
    ["is not ready, of enough others", UNREADY, { currentHealthy: 1, desiredHealthy: 1 }, {}, true],
    ["is not ready, of too few others", UNREADY, { currentHealthy: 0, desiredHealthy: 1 }, {}, false],
    [
      "is not ready, which is always allowed",
      UNREADY,
      { currentHealthy: 0, desiredHealthy: 1 },
      { unhealthyPodEvictionPolicy: "AlwaysAllow" },
      true,
    ],
  ])("count no pod that %s", async (_title, state, status, spec, allowed) => {
    const { namespace, pod } = await place(state);
    const path = await budget(namespace, status, spec);
    expect((await evict(pod)).status).toBe(allowed ? 201 : 429);
    expect(await isGoing(pod)).toBe(allowed);
    expect((await statusOf(path)).disruptedPods).toBeUndefined();
  });

  it("are deletes with the options within", async () => {
    const { pod, uid } = await place(READY, []);
    const asked = (deleteOptions: object) => evict(pod, { deleteOptions });
    const other = await asked({ preconditions: { uid: "other" } });
    expect(other.json<KubeObject>()).toMatchObject({ code: 409, reason: "Conflict", details: { kind: "Pod" } });
    expect((await asked({ preconditions: { uid, resourceVersion: "1" } })).status).toBe(409);
    expect(await isGoing(pod)).toBe(false);
    expect((await asked({ dryRun: ["All"] })).status).toBe(201);
    expect(await isGoing(pod)).toBe(false);
    const { resourceVersion } = objectOf(await server.request(pod)).metadata;
    const exact = { preconditions: { uid, resourceVersion }, gracePeriodSeconds: 7 };
    expect((await asked(exact)).status).toBe(201);
    expect(objectOf(await server.request(pod)).metadata.deletionGracePeriodSeconds).toBe(7);
    const wrong = await evict(pod, { metadata: { name: "other" } });
    expectFailure(wrong, 400, "BadRequest", "name in URL does not match name in Eviction object");
    expect((await evict(`${pod}-none`)).status).toBe(404);
  });

  it("of several pods at once take no more disruptions than there are", async () => {
    const { namespace, pod } = await place();
    const pods = pod.slice(0, pod.lastIndexOf("/"));
    const names = ["a", "b", "c", "d"];
    for (const name of names) {
      const spec = { nodeName: "n1", containers: [{ name: "web", image: "nginx" }] };
      await create(server, pods, { metadata: { name, labels: { app: "web" } }, spec });
      await patch(`${pods}/${name}/status`, { status: READY });
    }
    const path = await budget(namespace, { disruptionsAllowed: 2, currentHealthy: 5, desiredHealthy: 3 });
    const answers = await Promise.all(names.map((name) => evict(`${pods}/${name}`, { metadata: { name } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429]);
    const status = await statusOf(path);
    expect(status.disruptionsAllowed).toBe(0);
    expect(Object.keys(Object(status.disruptedPods))).toHaveLength(2);
  });
});

it("evictions need no budgets where the server has no such kind", async () => {
  const server = await startTestServer({
    config: { resources: [["kubernetes", { groups: ["", "rbac.authorization.k8s.io"] }]], controllers: [] },
  });
  try {
    const pods = "/api/v1/namespaces/default/pods";
    await create(server, pods, {
      metadata: { name: "web" },
      spec: { nodeName: "n1", containers: [{ name: "web", image: "b" }] },
    });
    const running = { method: "PATCH", headers: MERGE, body: { status: READY } };
    objectOf(await server.request(`${pods}/web/status`, running));
    const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "web" } };
    const done = await server.request(`${pods}/web/eviction`, { method: "POST", body });
    expect([done.status, done.json()]).toEqual([201, SUCCESS]);
    expect(objectOf(await server.request(`${pods}/web`)).metadata.deletionGracePeriodSeconds).toBe(30);
  } finally {
    await server.stop();
  }
});
