import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, createNamespace, listOf, namesOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const MERGE = { "content-type": "application/merge-patch+json" };

describe("DELETE", () => {
  let server: TestServer;

  beforeAll(async () => {
    // Without the collector, which would act on the finalizers that are looked at here.
    server = await startExampleServer({ controllers: ["namespace"] });
  });
  afterAll(() => server.stop());

  function remove(path: string, body?: unknown) {
    return server.request(path, { method: "DELETE", ...(body === undefined ? {} : { body }) });
  }

  function setFinalizers(path: string, finalizers: readonly string[]) {
    return server.request(path, { method: "PATCH", headers: MERGE, body: { metadata: { finalizers } } });
  }

  it("answers a Success status that names what is gone, then 404", async () => {
    const made = await create(server, MAPS, { metadata: { name: "a" } });
    const response = await remove(`${MAPS}/a`);
    expect(response.status).toBe(200);
    expect(response.json()).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: { name: "a", kind: "configmaps", uid: made.metadata.uid },
    });
    const details = { name: "a", kind: "configmaps" };
    expectFailure(await remove(`${MAPS}/a`), 404, "NotFound", 'configmaps "a" not found', details);
    expectFailure(await server.request(`${MAPS}/a`), 404, "NotFound", 'configmaps "a" not found', details);
  });

  it("names the group of a resource that has one", async () => {
    const made = await create(server, rolloutsOf("default"), rollout("grouped"));
    expect((await remove(`${rolloutsOf("default")}/grouped`)).json()).toMatchObject({
      details: { name: "grouped", group: "delivery.example.com", kind: "rollouts", uid: made.metadata.uid },
    });
  });

  it("gives a second object of the name an identity of its own", async () => {
    const first = await create(server, MAPS, { metadata: { name: "again" } });
    await remove(`${MAPS}/again`);
    const second = await create(server, MAPS, { metadata: { name: "again" } });
    expect(second.metadata.uid).not.toBe(first.metadata.uid);
    expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(Number(first.metadata.resourceVersion) + 1);
  });

  it("waits for finalizers; the update that takes the last away deletes", async () => {
    const path = `${MAPS}/held`;
    const finalizers = ["example.com/one", "example.com/two"];
    const made = await create(server, MAPS, { metadata: { name: "held", finalizers } });
    const response = await remove(path);
    expect(response.status).toBe(200);
    const marked = objectOf(response);
    expect(marked).toMatchObject({
      kind: "ConfigMap",
      metadata: {
        uid: made.metadata.uid,
        deletionTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        deletionGracePeriodSeconds: 0,
        finalizers,
      },
    });
    expect(objectOf(await remove(path))).toEqual(marked);
    const again = await server.request(MAPS, { method: "POST", body: { metadata: { name: "held" } } });
    expectFailure(again, 409, "AlreadyExists", 'object is being deleted: configmaps "held" already exists', {
      name: "held",
      kind: "configmaps",
    });
    expect(objectOf(await setFinalizers(path, ["example.com/two"])).metadata.finalizers).toEqual(["example.com/two"]);
    expect((await setFinalizers(path, [])).status).toBe(200);
    expect((await server.request(path)).status).toBe(404);
  });

  it("takes no new finalizer while an object is being deleted", async () => {
    const path = `${MAPS}/closing`;
    await create(server, MAPS, { metadata: { name: "closing", finalizers: ["example.com/one"] } });
    await remove(path);
    const message =
      "Forbidden: no new finalizers can be added if the object is being deleted, " +
      'found new finalizers []string{"example.com/new"}';
    expectFailure(
      await setFinalizers(path, ["example.com/one", "example.com/new"]),
      422,
      "Invalid",
      `ConfigMap "closing" is invalid: metadata.finalizers: ${message}`,
      {
        name: "closing",
        kind: "ConfigMap",
        causes: [{ reason: "FieldValueForbidden", message, field: "metadata.finalizers" }],
      },
    );
  });

  it("counts the mark in the generation of kinds that have one", async () => {
    const path = `${rolloutsOf("default")}/marked`;
    const body = { ...rollout("marked"), metadata: { name: "marked", finalizers: ["example.com/one"] } };
    await create(server, rolloutsOf("default"), body);
    expect(objectOf(await remove(path)).metadata.generation).toBe(2);
  });

  it("wants the preconditions to hold", async () => {
    const made = await create(server, MAPS, { metadata: { name: "guarded" } });
    const { uid = "", resourceVersion = "" } = made.metadata;
    const details = { name: "guarded", kind: "ConfigMap" };
    expectFailure(
      await remove(`${MAPS}/guarded`, { preconditions: { uid: "zzz" } }),
      409,
      "Conflict",
      `Operation cannot be fulfilled on ConfigMap "guarded": the UID in the precondition (zzz) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
      details,
    );
    expectFailure(
      await remove(`${MAPS}/guarded`, { preconditions: { resourceVersion: "1" } }),
      409,
      "Conflict",
      `Operation cannot be fulfilled on ConfigMap "guarded": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
      details,
    );
    expect((await server.request(`${MAPS}/guarded`)).status).toBe(200);
    expect((await remove(`${MAPS}/guarded`, { preconditions: { uid, resourceVersion } })).status).toBe(200);
  });

  it.each([
    ["Foreground", "foregroundDeletion"],
    ["Orphan", "orphan"],
  ])("records the policy %s as the finalizer %s", async (propagationPolicy, finalizer) => {
    const name = propagationPolicy.toLowerCase();
    await create(server, MAPS, { metadata: { name } });
    const options = { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy };
    const marked = objectOf(await remove(`${MAPS}/${name}`, options));
    expect(marked.metadata.finalizers).toEqual([finalizer]);
    expect(marked.metadata.deletionTimestamp).toBeDefined();
    const background = await remove(`${MAPS}/${name}?propagationPolicy=Background`);
    expect(background.json()).toMatchObject({ kind: "Status", status: "Success" });
  });

  it("refuses a policy that does not exist, and two that contradict", async () => {
    await create(server, MAPS, { metadata: { name: "policy" } });
    const unknown = 'Unsupported value: "Never": supported values: "Foreground", "Background", "Orphan", "nil"';
    const both = 'Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set';
    for (const [body, message, reason] of [
      [{ propagationPolicy: "Never" }, unknown, "FieldValueNotSupported"],
      [{ propagationPolicy: "Orphan", orphanDependents: true }, both, "FieldValueInvalid"],
    ] as const) {
      expectFailure(
        await remove(`${MAPS}/policy`, body),
        422,
        "Invalid",
        `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: ${message}`,
        { group: "meta.k8s.io", kind: "DeleteOptions", causes: [{ reason, message, field: "propagationPolicy" }] },
      );
    }
    expect(objectOf(await server.request(`${MAPS}/policy`)).metadata).not.toHaveProperty("deletionTimestamp");
  });

  it.each(["?gracePeriodSeconds=0", "?gracePeriodSeconds=-1", "?gracePeriodSeconds=30"])(
    "accepts %s",
    async (query) => {
      await create(server, MAPS, { metadata: { name: "grace" } });
      expect((await remove(`${MAPS}/grace${query}`)).json()).toMatchObject({ status: "Success" });
    },
  );

  it("lets one of many deletes win", async () => {
    await create(server, MAPS, { metadata: { name: "race" } });
    const codes = (await Promise.all(Array.from({ length: 10 }, () => remove(`${MAPS}/race`)))).map(
      (one) => one.status,
    );
    expect(codes.sort()).toEqual([200, ...Array.from({ length: 9 }, () => 404)]);
  });

  it("deletes what a collection selects and answers the list", async () => {
    const maps = `${await createNamespace(server, "collection")}/configmaps`;
    for (const name of ["a", "b", "c"]) {
      await create(server, maps, { metadata: { name, labels: { keep: name === "c" ? "yes" : "no" } } });
    }
    const response = await remove(`${maps}?labelSelector=keep%3Dno`);
    expect(response.status).toBe(200);
    expect(listOf(response)).toMatchObject({ kind: "ConfigMapList", apiVersion: "v1" });
    expect(namesOf(response)).toEqual(["a", "b"]);
    expect(namesOf(await server.request(maps))).toEqual(["c"]);
    expect(namesOf(await remove(maps))).toEqual(["c"]);
    expect(namesOf(await remove(maps))).toEqual([]);
  });

  it("takes the options of a collection's delete from its body, or else from its query, and selectors from its query", async () => {
    const maps = `${await createNamespace(server, "options")}/configmaps`;
    for (const name of ["a", "b", "c"]) await create(server, maps, { metadata: { name } });
    const finalizers = async () => listOf(await server.request(maps)).items.map(({ metadata }) => metadata.finalizers);
    // With a body the query's dryRun is not read, as upstream has it.
    await remove(`${maps}?dryRun=All&fieldSelector=metadata.name%3Da`, { propagationPolicy: "Orphan" });
    expect(await finalizers()).toEqual([["orphan"], undefined, undefined]);
    expect(namesOf(await remove(`${maps}?dryRun=All`))).toEqual(["a", "b", "c"]);
    expect(namesOf(await remove(maps, { dryRun: ["All"] }))).toEqual(["a", "b", "c"]);
    expect(await finalizers()).toEqual([["orphan"], undefined, undefined]);
    const page = listOf(await remove(`${maps}?limit=1&propagationPolicy=Background`));
    expect([page.items.map(({ metadata }) => metadata.name), page.metadata.continue]).toEqual([
      ["a"],
      expect.stringMatching(/./),
    ]);
    expect(namesOf(await server.request(maps))).toEqual(["b", "c"]);
    const [b] = listOf(await server.request(maps)).items;
    expect((await remove(maps, { preconditions: { uid: b?.metadata.uid } })).status).toBe(409);
    expect(namesOf(await server.request(maps))).toEqual(["c"]);
    expectFailure(
      await remove(maps, { ignoreStoreReadErrorWithClusterBreakingPotential: true }),
      422,
      "Invalid",
      'DeleteOptions.meta.k8s.io "" is invalid: ignoreStoreReadErrorWithClusterBreakingPotential: Invalid value: true: is not allowed with DELETECOLLECTION, try again after removing the option',
      {
        group: "meta.k8s.io",
        kind: "DeleteOptions",
        causes: [
          {
            reason: "FieldValueInvalid",
            message: "Invalid value: true: is not allowed with DELETECOLLECTION, try again after removing the option",
            field: "ignoreStoreReadErrorWithClusterBreakingPotential",
          },
        ],
      },
    );
  });

  it("takes preconditions from the query of a delete without a body", async () => {
    const made = await create(server, MAPS, { metadata: { name: "query" } });
    const { uid, resourceVersion } = made.metadata;
    expect((await remove(`${MAPS}/query?uid=other`)).status).toBe(409);
    expect((await remove(`${MAPS}/query?resourceVersion=1`)).status).toBe(409);
    expect((await remove(`${MAPS}/query?uid=${uid}&resourceVersion=${resourceVersion}`)).status).toBe(200);
  });

  it("does not delete collections over all namespaces, nor of namespaces", async () => {
    const message = "the server does not allow this method on the requested resource";
    expectFailure(await remove("/api/v1/configmaps"), 405, "MethodNotAllowed", message, {});
    expectFailure(await remove("/api/v1/namespaces"), 405, "MethodNotAllowed", message, {});
  });
});
