import { type AuthorizationAttributes, type AuthorizationDecision, Client, definePlugin } from "@quarterdeck/sdk";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const ROLLOUTS = rolloutsOf("default");
const MAPS = "/api/v1/namespaces/default/configmaps";
const PATH = "/quarterdeck/v1/transactions";

const DELIVERY = { apiVersion: "delivery.example.com/v1", kind: "Rollout", namespace: "default" };

function configMap(name: string, data: { readonly [key: string]: string }, metadata: object = {}) {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default", ...metadata }, data };
}

function typed(name: string, spec: object = {}) {
  return { ...rollout(name, spec), metadata: { name, namespace: "default" } };
}

describe("transactions", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer({ server: { transactions: true } });
  });
  afterAll(() => server.stop());

  function transact(operations: unknown, query = "") {
    const body = { kind: "Transaction", apiVersion: "quarterdeck/v1", operations };
    return server.request(`${PATH}${query}`, { method: "POST", body });
  }

  it("creates, updates, patches and deletes at one revision", async () => {
    const old = await create(server, MAPS, configMap("old", { k: "1" }));
    await create(server, MAPS, configMap("leaving", {}));
    await create(server, ROLLOUTS, rollout("patched"));
    const response = await transact([
      { verb: "create", object: configMap("new", { k: "1" }) },
      { verb: "update", object: { ...old, data: { k: "2" } } },
      { verb: "patch", target: { ...DELIVERY, name: "patched" }, patch: { spec: { replicas: 7 } } },
      { verb: "delete", target: { apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "leaving" } },
    ]);
    expect(response.status, response.text()).toBe(200);
    const { metadata, results } = objectOf(response) as unknown as {
      metadata: { resourceVersion: string };
      results: { code: number; object?: { metadata: { resourceVersion: string } }; status?: { status: string } }[];
    };
    expect(results.map(({ code }) => code)).toEqual([201, 200, 200, 200]);
    const { resourceVersion } = metadata;
    expect(results.slice(0, 3).map((result) => result.object?.metadata.resourceVersion)).toEqual([
      resourceVersion,
      resourceVersion,
      resourceVersion,
    ]);
    expect(results[3]?.status).toMatchObject({ status: "Success" });
    expect(objectOf(await server.request(`${MAPS}/new`))).toEqual(results[0]?.object);
    expect(objectOf(await server.request(`${MAPS}/old`))).toMatchObject({ data: { k: "2" } });
    expect(objectOf(await server.request(`${ROLLOUTS}/patched`))).toMatchObject({ spec: { replicas: 7 } });
    expect((await server.request(`${MAPS}/leaving`)).status).toBe(404);
  });

  it("writes nothing when one operation fails, and says which", async () => {
    await create(server, MAPS, configMap("taken", {}));
    const response = await transact([
      { verb: "create", object: configMap("before", {}) },
      { verb: "create", object: configMap("taken", {}) },
    ]);
    const message = 'configmaps "taken" already exists';
    const causes = [{ reason: "OperationFailed", message, field: "operations[1]" }];
    expectFailure(response, 409, "AlreadyExists", message, { name: "taken", kind: "configmaps", causes });
    expect((await server.request(`${MAPS}/before`)).status).toBe(404);
    const invalid = await transact([
      { verb: "create", object: configMap("before", {}) },
      { verb: "create", object: typed("bad", { replicas: -1 }) },
    ]);
    expect(invalid.status).toBe(422);
    expect((await server.request(`${MAPS}/before`)).status).toBe(404);
  });

  it("refuses a stale resourceVersion with 409 and writes nothing", async () => {
    const first = await create(server, MAPS, configMap("stale", { k: "1" }));
    await server.request(`${MAPS}/stale`, { method: "PUT", body: configMap("stale", { k: "2" }) });
    const response = await transact([
      { verb: "create", object: configMap("beside", {}) },
      { verb: "update", object: { ...first, data: { k: "3" } } },
    ]);
    expect(response.status).toBe(409);
    expect((await server.request(`${MAPS}/beside`)).status).toBe(404);
    expect(objectOf(await server.request(`${MAPS}/stale`))).toMatchObject({ data: { k: "2" } });
  });

  it("loses no update between transactions that run side by side", async () => {
    await create(server, ROLLOUTS, rollout("left", { replicas: 50 }));
    await create(server, ROLLOUTS, rollout("right", { replicas: 50 }));
    const replicasOf = async (name: string) => {
      const { spec } = objectOf(await server.request(`${ROLLOUTS}/${name}`)) as unknown as {
        spec: { replicas: number };
      };
      return spec.replicas;
    };
    const move = async (): Promise<boolean> => {
      const [left, right] = await Promise.all(
        ["left", "right"].map(async (name) => objectOf(await server.request(`${ROLLOUTS}/${name}`))),
      );
      const moved = (object: unknown, by: number) => {
        const { spec, ...rest } = object as { spec: { replicas: number } };
        return { ...rest, spec: { ...spec, replicas: spec.replicas + by } };
      };
      const response = await transact([
        { verb: "update", object: moved(left, -1) },
        { verb: "update", object: moved(right, 1) },
      ]);
      expect([200, 409]).toContain(response.status);
      return response.status === 200;
    };
    const outcomes = (
      await Promise.all(Array.from({ length: 4 }, async () => [await move(), await move(), await move()]))
    )
      .flat()
      .filter((done) => done).length;
    expect(outcomes).toBeGreaterThan(0);
    expect(await replicasOf("left")).toBe(50 - outcomes);
    expect(await replicasOf("right")).toBe(50 + outcomes);
  });

  it("stores nothing on a dry run", async () => {
    const response = await transact([{ verb: "create", object: configMap("dry", {}) }], "?dryRun=All");
    expect(response.status).toBe(200);
    expect(response.json()).toMatchObject({ metadata: {}, results: [{ code: 201 }] });
    expect((await server.request(`${MAPS}/dry`)).status).toBe(404);
  });

  describe("that make a namespace and its content", () => {
    const namespace = (name: string) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    const inside = (of: string) => configMap("inside", { k: "1" }, { namespace: of });

    it("take effect together", async () => {
      const operations = [
        { verb: "create", object: namespace("whole") },
        { verb: "create", object: inside("whole") },
      ];
      const response = await transact(operations);
      expect(response.status, response.text()).toBe(200);
      const made = objectOf(await server.request("/api/v1/namespaces/whole/configmaps/inside"));
      expect(made.metadata.resourceVersion).toBe(
        objectOf(await server.request("/api/v1/namespaces/whole")).metadata.resourceVersion,
      );
    });

    it("can be tried by a dry run, which leaves neither", async () => {
      const operations = [
        { verb: "create", object: namespace("tried") },
        { verb: "create", object: inside("tried") },
      ];
      expect((await transact(operations, "?dryRun=All")).json()).toMatchObject({
        results: [{ code: 201 }, { code: 201, object: { metadata: { namespace: "tried" } } }],
      });
      expect((await server.request("/api/v1/namespaces/tried")).status).toBe(404);
    });

    it("are refused when the namespace comes later, or fails", async () => {
      const later = await transact([
        { verb: "create", object: inside("later") },
        { verb: "create", object: namespace("later") },
      ]);
      expect(later.status).toBe(404);
      expect(later.json()).toMatchObject({ details: { causes: [{ field: "operations[0]" }] } });
      const invalid = await transact([
        { verb: "create", object: namespace("half") },
        { verb: "create", object: { ...inside("half"), data: { "a b": "1" } } },
      ]);
      expect(invalid.status).toBe(422);
      expect((await server.request("/api/v1/namespaces/half")).status).toBe(404);
    });

    it("put nothing into a namespace that they delete", async () => {
      await create(server, "/api/v1/namespaces", namespace("leaving"));
      const target = { apiVersion: "v1", kind: "Namespace", name: "leaving" };
      const operations = [
        { verb: "delete", target },
        { verb: "create", object: inside("leaving") },
      ];
      for (const query of ["", "?dryRun=All"]) {
        const response = await transact(operations, query);
        expect(response.status).toBe(403);
        expect(response.text()).toContain("because it is being terminated");
      }
      expect(objectOf(await server.request("/api/v1/namespaces/leaving")).metadata.deletionTimestamp).toBeUndefined();
    });
  });

  it.each([
    [{ verb: "create" }, "operations[0]: object is required and must be an object"],
    [{ verb: "destroy" }, "operations[0]: verb must be one of create, update, apply, patch, delete"],
    [
      { verb: "create", object: { apiVersion: "v1", kind: "Nothing", metadata: {} } },
      "operations[0]: the server cannot create Nothing in v1",
    ],
    [{ verb: "create", object: configMap("x", {}), force: true }, "operations[0]: force is for an apply"],
    [{ verb: "create", objekt: {} }, 'operations[0]: unknown member "objekt"'],
    [
      { verb: "create", object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" } } },
      "operations[0]: the namespace of object is required",
    ],
  ])("answers 400 for %j", async (operation, message) => {
    expectFailure(await transact([operation]), 400, "BadRequest", message);
  });

  it("answers 400 for two writes to one object, and for too many", async () => {
    const one = { verb: "create", object: configMap("twice", {}) };
    expect((await transact([one, one])).status).toBe(400);
    expect((await transact(Array.from({ length: 101 }, () => one))).status).toBe(400);
    expect((await server.request(`${MAPS}/twice`)).status).toBe(404);
  });

  it("needs a right to the path", async () => {
    const anonymous = await server.request(PATH, { method: "POST", body: {}, as: "anonymous" });
    expect(anonymous.status).toBe(403);
  });
});

describe("transactions of a user who may not do all of it", () => {
  const keepsConfigMaps = definePlugin({
    kind: "authorizer",
    name: "keeps-config-maps",
    plugin: class {
      authorize({ verb, resource }: AuthorizationAttributes): AuthorizationDecision {
        const kept = verb === "delete" && resource === "configmaps";
        return kept ? { decision: "deny", reason: "they stay" } : { decision: "allow" };
      }
    },
  });

  it("are refused for the one operation, and write nothing", async () => {
    const server = await startExampleServer({ server: { transactions: true }, authorization: [keepsConfigMaps] });
    await create(server, MAPS, configMap("kept", {}));
    const operations = [
      { verb: "create", object: configMap("beside", {}) },
      { verb: "delete", target: { apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "kept" } },
    ];
    const body = { kind: "Transaction", apiVersion: "quarterdeck/v1", operations };
    const response = await server.request(PATH, { method: "POST", body });
    const who = 'User "kubernetes-admin" cannot delete resource "configmaps" in API group ""';
    const message = `configmaps "kept" is forbidden: ${who} in the namespace "default": they stay`;
    expectFailure(response, 403, "Forbidden", message, { name: "kept", kind: "configmaps" });
    expect((await server.request(`${MAPS}/kept`)).status).toBe(200);
    expect((await server.request(`${MAPS}/beside`)).status).toBe(404);
    await server.stop();
  });
});

describe("transactions of a user who may update and not create", () => {
  const createsNoRoles = definePlugin({
    kind: "authorizer",
    name: "creates-no-roles",
    plugin: class {
      authorize({ verb, resource }: AuthorizationAttributes): AuthorizationDecision {
        return verb === "create" && resource === "roles" ? { decision: "deny" } : { decision: "allow" };
      }
    },
  });

  it("make nothing by updating what is not there", async () => {
    const server = await startExampleServer({ server: { transactions: true }, authorization: [createsNoRoles] });
    const metadata = { name: "new", namespace: "default" };
    const object = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata, rules: [] };
    const body = { kind: "Transaction", apiVersion: "quarterdeck/v1", operations: [{ verb: "update", object }] };
    expect((await server.request(PATH, { method: "POST", body })).json()).toMatchObject({ code: 403 });
    const roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";
    expect((await server.request(`${roles}/new`)).status).toBe(404);
    await server.stop();
  });
});

describe("transactions that make a role and bind it", () => {
  const group = "rbac.authorization.k8s.io";
  const metadata = { name: "reader", namespace: "default" };
  const role = (...resources: readonly string[]) => {
    const rules = [{ apiGroups: [""], resources, verbs: ["get"] }];
    return { apiVersion: `${group}/v1`, kind: "Role", metadata, rules };
  };
  const binding = {
    apiVersion: `${group}/v1`,
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: group, kind: "Role", name: "reader" },
    subjects: [{ apiGroup: group, kind: "User", name: "ann" }],
  };

  it("give what their user holds, and no more", async () => {
    const server = await startExampleServer({ server: { transactions: true }, authorization: ["rbac"] });
    const rules = [
      { apiGroups: [group], resources: ["roles", "rolebindings"], verbs: ["create"] },
      { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] },
      { nonResourceURLs: [PATH], verbs: ["post"] },
    ];
    const grants = { metadata: { name: "grants" } };
    await create(server, `/apis/${group}/v1/clusterroles`, { ...grants, rules });
    const subjects = [{ apiGroup: group, kind: "User", name: "giver" }];
    const roleRef = { apiGroup: group, kind: "ClusterRole", name: "grants" };
    await create(server, `/apis/${group}/v1/clusterrolebindings`, { ...grants, roleRef, subjects });
    const transact = (...objects: readonly object[]) => {
      const operations = objects.map((object) => ({ verb: "create", object }));
      const body = { kind: "Transaction", apiVersion: "quarterdeck/v1", operations };
      return server.request(PATH, { method: "POST", body, headers: { "impersonate-user": "giver" } });
    };
    expect((await transact(role("secrets"), binding)).status).toBe(403);
    expect((await transact(binding)).status).toBe(404);
    const given = await transact(role("configmaps"), binding);
    expect(given.status, given.text()).toBe(200);
    await server.stop();
  });
});

describe("transactions that the config does not switch on", () => {
  it("are not there", async () => {
    const server = await startExampleServer();
    const response = await server.request(PATH, { method: "POST", body: {} });
    expect(response.status).toBe(404);
    await server.stop();
  });
});

describe("transactions of a plugin", () => {
  /** Renames a config map by one transaction; `fail` makes it throw after its writes. */
  async function rename(client: Client, from: string, to: string, fail = false): Promise<number> {
    let runs = 0;
    await client.transaction(async (inside) => {
      runs++;
      const maps = inside.resource({ group: "", resource: "configmaps" });
      const { data } = await maps.get({ name: from, namespace: "default" });
      const metadata = { name: to, namespace: "default" };
      await maps.create({ kind: "ConfigMap", apiVersion: "v1", metadata, ...(data !== undefined && { data }) });
      await maps.delete({ name: from, namespace: "default" });
      if (fail) throw new Error("changed its mind");
    });
    return runs;
  }

  let client: Client | undefined;
  const keepsItsClient = definePlugin({
    kind: "admission",
    name: "keeps-its-client",
    inject: [Client],
    plugin: class {
      constructor(given: Client) {
        client = given;
      }
    },
  });

  it("take effect together, or not at all", async () => {
    const server = await startExampleServer({ admission: [keepsItsClient] });
    if (client === undefined) throw new Error("the plugin was not made");
    await create(server, MAPS, configMap("from", { k: "1" }));
    await expect(rename(client, "from", "to", true)).rejects.toThrow("changed its mind");
    expect((await server.request(`${MAPS}/to`)).status).toBe(404);
    expect((await server.request(`${MAPS}/from`)).status).toBe(200);
    await rename(client, "from", "to");
    expect((await server.request(`${MAPS}/from`)).status).toBe(404);
    expect(objectOf(await server.request(`${MAPS}/to`))).toMatchObject({ data: { k: "1" } });
    await server.stop();
  });

  it("run again when another writer was faster", async () => {
    const server = await startExampleServer({ admission: [keepsItsClient] });
    if (client === undefined) throw new Error("the plugin was not made");
    await create(server, MAPS, configMap("counter", { n: "0" }));
    const maps = { group: "", resource: "configmaps" };
    let interfered = false;
    const given = client;
    await given.transaction(async (inside) => {
      const counter = await inside.resource(maps).get({ name: "counter", namespace: "default" });
      if (!interfered) {
        interfered = true;
        await given.resource(maps).update(configMap("counter", { n: "5" }));
      }
      const n = Number(Object(counter.data).n);
      await inside.resource(maps).update(configMap("counter", { n: String(n + 1) }));
    });
    expect(objectOf(await server.request(`${MAPS}/counter`))).toMatchObject({ data: { n: "6" } });
    await server.stop();
  });
});
