import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, createNamespace, namesOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const MERGE = { "content-type": "application/merge-patch+json" };

describe("namespaces", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  it("has the four of every cluster from the start", async () => {
    const names = namesOf(await server.request("/api/v1/namespaces"));
    expect(names).toEqual(["default", "kube-node-lease", "kube-public", "kube-system"]);
  });

  it("gives a new one its phase, its finalizer and its name as a label", async () => {
    const made = await create(server, "/api/v1/namespaces", { metadata: { name: "fresh", labels: { a: "1" } } });
    expect(made).toMatchObject({
      kind: "Namespace",
      apiVersion: "v1",
      metadata: { name: "fresh", labels: { a: "1", "kubernetes.io/metadata.name": "fresh" } },
      spec: { finalizers: ["kubernetes"] },
      status: { phase: "Active" },
    });
    expect(made.metadata).not.toHaveProperty("namespace");
  });

  it.each([
    ["a.b", "must not contain dots"],
    [
      "A",
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
  ])("wants a name that is a DNS label, not %s", async (name, why) => {
    const response = await server.request("/api/v1/namespaces", { method: "POST", body: { metadata: { name } } });
    const message = `Invalid value: "${name}": ${why}`;
    expectFailure(response, 422, "Invalid", `Namespace "${name}" is invalid: metadata.name: ${message}`, {
      name,
      kind: "Namespace",
      causes: [{ reason: "FieldValueInvalid", message, field: "metadata.name" }],
    });
  });

  it.each(["default", "kube-system", "kube-public"])("keeps %s", async (name) => {
    expectFailure(
      await server.request(`/api/v1/namespaces/${name}`, { method: "DELETE" }),
      403,
      "Forbidden",
      `namespaces "${name}" is forbidden: this namespace may not be deleted`,
      { name, kind: "namespaces" },
    );
    expect(objectOf(await server.request(`/api/v1/namespaces/${name}`)).metadata).not.toHaveProperty(
      "deletionTimestamp",
    );
  });

  it("lets an empty one go, and all that is in one", async () => {
    const path = await createNamespace(server, "leaving");
    await create(server, `${path}/configmaps`, { metadata: { name: "a" } });
    await create(server, rolloutsOf("leaving"), rollout("b"));
    const response = await server.request(path, { method: "DELETE" });
    expect(response.status).toBe(200);
    expect(objectOf(response)).toMatchObject({
      kind: "Namespace",
      metadata: { deletionTimestamp: expect.any(String) },
      status: { phase: "Terminating" },
    });
    await expect.poll(async () => (await server.request(path)).status, { timeout: 10_000 }).toBe(404);
    expect((await server.request(`${path}/configmaps/a`)).status).toBe(404);
    expect((await server.request(`${rolloutsOf("leaving")}/b`)).status).toBe(404);
  });

  it("takes nothing new while it waits for what is held, and goes with the last of it", async () => {
    const path = await createNamespace(server, "held");
    const maps = `${path}/configmaps`;
    await create(server, maps, { metadata: { name: "holder", finalizers: ["example.com/hold"] } });
    await server.request(path, { method: "DELETE" });
    expectFailure(
      await server.request(maps, { method: "POST", body: { metadata: { name: "new" } } }),
      403,
      "Forbidden",
      'configmaps "new" is forbidden: unable to create new content in namespace held because it is being terminated',
      {
        name: "new",
        kind: "configmaps",
        causes: [
          {
            reason: "NamespaceTerminating",
            message: "namespace held is being terminated",
            field: "metadata.namespace",
          },
        ],
      },
    );
    const body = { data: { still: "changeable" } };
    const patched = await server.request(`${maps}/holder`, { method: "PATCH", headers: MERGE, body });
    expect(objectOf(patched).data).toEqual(body.data);
    const condition = async (type: string) => {
      const { status } = objectOf(await server.request(path));
      const conditions: readonly { readonly type: string }[] = Object(status).conditions ?? [];
      return conditions.find((one) => one.type === type);
    };
    await expect
      .poll(() => condition("NamespaceFinalizersRemaining"), { timeout: 10_000 })
      .toMatchObject({
        status: "True",
        reason: "SomeFinalizersRemain",
        message: "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances",
      });
    expect(await condition("NamespaceContentRemaining")).toMatchObject({
      status: "True",
      message: "Some resources are remaining: configmaps. has 1 resource instances",
    });
    const free = { metadata: { finalizers: null } };
    await server.request(`${maps}/holder`, { method: "PATCH", headers: MERGE, body: free });
    await expect.poll(async () => (await server.request(path)).status, { timeout: 10_000 }).toBe(404);
  });
});

describe("namespaces without the loop that empties them", () => {
  it("are finalized by whoever does it", async () => {
    const server = await startExampleServer({ controllers: [] });
    const path = await createNamespace(server, "manual");
    await server.request(path, { method: "DELETE" });
    const marked = objectOf(await server.request(path));
    expect(marked).toMatchObject({ spec: { finalizers: ["kubernetes"] }, status: { phase: "Terminating" } });
    const kept = await server.request(path, { method: "PUT", body: { ...marked, spec: { finalizers: [] } } });
    expect(objectOf(kept).spec).toEqual({ finalizers: ["kubernetes"] });
    const current = objectOf(await server.request(path));
    const finalize = { method: "PUT", body: { ...current, spec: { finalizers: [] } } };
    expect((await server.request(`${path}/finalize`, finalize)).status).toBe(200);
    expect((await server.request(path)).status).toBe(404);
    await server.stop();
  });
});
