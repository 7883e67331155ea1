import type { KubeObject } from "@quarterdeck/meta";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { WatchReader } from "./support/watch-reader.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");
const PATH = "/quarterdeck/v1/transactions";

/** What a transaction answers, as far as the tests look at it. */
interface Outcome {
  readonly metadata: { readonly resourceVersion?: string };
  readonly results: readonly { readonly code: number; readonly object: KubeObject }[];
}

function map(name: string, data: { readonly [key: string]: string }, namespace = "default") {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data };
}

function typed(name: string, spec: object = {}) {
  return { ...rollout(name, spec), metadata: { name, namespace: "default" } };
}

const apply = (object: object, more: object = {}) => ({ verb: "apply", object, ...more });

describe("transactions that apply", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer({ server: { transactions: true } });
  });
  afterAll(() => server.stop());

  function transact(operations: readonly object[], query = "?fieldManager=folder") {
    const body = { kind: "Transaction", apiVersion: "quarterdeck/v1", operations };
    return server.request(`${PATH}${query}`, { method: "POST", body });
  }
  async function done(operations: readonly object[], query?: string): Promise<Outcome> {
    const response = await transact(operations, query);
    expect(response.status, response.text()).toBe(200);
    return response.json<Outcome>();
  }
  const isThere = async (path: string) => (await server.request(path)).status === 200;
  const owners = (object: KubeObject) =>
    object.metadata.managedFields?.map(({ manager, operation }) => `${manager} ${operation}`);

  it("make and change at one revision, which watchers see in order", async () => {
    const old = await create(server, MAPS, map("old", { theirs: "1" }));
    const watch = await WatchReader.open(server, `${MAPS}?watch=true&resourceVersion=${old.metadata.resourceVersion}`);
    const { results, metadata } = await done([
      apply(map("new", { k: "1" })),
      apply(map("old", { k: "1" })),
      apply(map("other", { k: "1" }), { fieldManager: "someone" }),
    ]);
    expect(results.map(({ code }) => code)).toEqual([201, 200, 201]);
    expect(results[1]?.object).toMatchObject({ data: { theirs: "1", k: "1" } });
    expect(results.map(({ object }) => owners(object)?.[0])).toEqual(["folder Apply", "folder Apply", "someone Apply"]);
    const seen = [await watch.next(), await watch.next(), await watch.next()];
    expect(seen.map(({ type, object }) => [type, object.metadata.name, object.metadata.resourceVersion])).toEqual([
      ["ADDED", "new", metadata.resourceVersion],
      ["MODIFIED", "old", metadata.resourceVersion],
      ["ADDED", "other", metadata.resourceVersion],
    ]);
    watch.close();
  });

  it("take away what is applied no more, and write nothing when nothing changes", async () => {
    const first = [apply(map("kept", { k: "1", gone: "1" })), apply(typed("kept", { replicas: 3 }))];
    await done(first);
    const again = await done(first);
    expect(again.metadata).toEqual({});
    const { results } = await done([apply(map("kept", { k: "1" })), apply(typed("kept"))]);
    expect(results[0]?.object).toMatchObject({ data: { k: "1" } });
    expect(Object(results[0]?.object.data).gone).toBeUndefined();
    expect(results[1]?.object).toMatchObject({ spec: { replicas: 1 } });
  });

  it("write nothing when one of them conflicts, and say which field of which object is whose", async () => {
    await done([apply(map("owned", { k: "1" }))], "?fieldManager=owner");
    const operations = [apply(map("beside", {})), apply(map("owned", { k: "2" })), apply(typed("beside"))];
    const response = await transact(operations);
    const message = 'Apply failed with 1 conflict: conflict with "owner": .data.k';
    expect(response.status).toBe(409);
    expect(response.json()).toMatchObject({
      message,
      details: {
        causes: [
          { reason: "FieldManagerConflict", message: 'conflict with "owner"', field: ".data.k" },
          { reason: "OperationFailed", message, field: "operations[1]" },
        ],
      },
    });
    expect(await isThere(`${MAPS}/beside`)).toBe(false);
    expect(await isThere(`${ROLLOUTS}/beside`)).toBe(false);
    expect(objectOf(await server.request(`${MAPS}/owned`))).toMatchObject({ data: { k: "1" } });
    const forced = await done(operations.map((one) => ({ ...one, force: true })));
    expect(forced.results[1]?.object).toMatchObject({ data: { k: "2" } });
    await done([apply(map("owned", { k: "3" }))], "?fieldManager=owner&force=true");
  });

  it("write nothing when one in the middle is invalid", async () => {
    const operations = [apply(map("first", {})), apply(typed("second", { replicas: -1 })), apply(map("third", {}))];
    const response = await transact(operations);
    expect(response.status).toBe(422);
    expect(response.text()).toContain('"field":"operations[1]"');
    expect(await isThere(`${MAPS}/first`)).toBe(false);
    expect(await isThere(`${MAPS}/third`)).toBe(false);
  });

  it("can be tried by a dry run, a namespace and its content too", async () => {
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "whole" } };
    const operations = [apply(namespace), apply(map("inside", { k: "1" }, "whole"))];
    const dry = await done(operations, "?fieldManager=folder&dryRun=All");
    expect(dry.results.map(({ code }) => code)).toEqual([201, 201]);
    expect(await isThere("/api/v1/namespaces/whole")).toBe(false);
    const { metadata } = await done(operations);
    const made = objectOf(await server.request("/api/v1/namespaces/whole/configmaps/inside"));
    expect(made.metadata.resourceVersion).toBe(metadata.resourceVersion);
  });

  it("apply the status", async () => {
    await done([apply(typed("reported"))]);
    const status = { ...typed("reported"), status: { phase: "Healthy" } };
    const { results } = await done([apply(status, { subresource: "status", fieldManager: "controller" })]);
    expect(results[0]?.object).toMatchObject({ status: { phase: "Healthy" } });
    const missing = await transact([
      apply({ ...status, metadata: { ...status.metadata, name: "nobody" } }, { subresource: "status" }),
    ]);
    expect(missing.status).toBe(404);
  });

  it("need a field manager, and a name", async () => {
    const nobody = await transact([apply(map("x", {}))], "");
    const required = "fieldManager: Required value: is required for apply patch";
    const message = `PatchOptions.meta.k8s.io "" is invalid: ${required}`;
    expect(nobody.status).toBe(422);
    expect(nobody.json()).toMatchObject({ reason: "Invalid", message });
    const unnamed = await transact([
      apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "default" } }),
    ]);
    expectFailure(unnamed, 400, "BadRequest", "operations[0]: the name of object is required");
  });

  it("lose no field between two that run side by side", async () => {
    await done([apply(map("shared", { start: "1" }))]);
    const one = (manager: string) =>
      done([apply(map("shared", { [manager]: "1" })), apply(map(`of-${manager}`, {}))], `?fieldManager=${manager}`);
    const managers = ["a", "b", "c", "d"];
    await Promise.all(managers.map(one));
    const shared = objectOf(await server.request(`${MAPS}/shared`));
    expect(shared).toMatchObject({ data: { start: "1", a: "1", b: "1", c: "1", d: "1" } });
  });
});
