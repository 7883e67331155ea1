import { describe, expect, it } from "vitest";
import { deleteCollection } from "./delete-collection.js";
import { deleteUnreadable } from "./delete-unreadable.js";
import { parseListQuery } from "./query/parse-list-query.js";
import { configMaps, refusal } from "./resource.fixture.js";

describe("deleteUnreadable (upstream's corrupt object deleter)", () => {
  it.each([true, false])("answers with the kind, as no object is known (dryRun: %s)", async (dryRun) => {
    const { resource, request, store } = configMaps();
    store.removal = "removed";
    expect(await deleteUnreadable(resource, request({ name: "x", dryRun }))).toEqual({
      gone: true,
      status: {
        kind: "Status",
        apiVersion: "v1",
        metadata: {},
        status: "Success",
        details: { name: "x", kind: "ConfigMap" },
        code: 200,
      },
    });
    expect(store.removals).toEqual([{ key: { namespace: "demo", name: "x" }, dryRun }]);
  });

  it("refuses what can be read, and what is not there", async () => {
    const { resource, request, store } = configMaps();
    expect((await refusal(() => deleteUnreadable(resource, request({ name: "x" })))).message).toBe(
      'configmaps "x" not found',
    );
    store.removal = "readable";
    const error = await refusal(() => deleteUnreadable(resource, request({ name: "x" })));
    expect(error.status).toMatchObject({
      code: 409,
      reason: "Conflict",
      message:
        'Operation cannot be fulfilled on configmaps "x": StorageError: invalid object, Code: 4, Key: ' +
        "/configmaps/demo/x, ResourceVersion: 0, AdditionalErrorMsg: unsafe deletion is not allowed because " +
        "the object is decodable from storage",
    });
  });

  it("is not for collections", async () => {
    const { resource, request } = configMaps();
    const options = { ignoreStoreReadErrorWithClusterBreakingPotential: true } as const;
    const error = await refusal(() => deleteCollection(resource, request(), parseListQuery(""), options));
    expect(error.status).toMatchObject({
      code: 422,
      message:
        'DeleteOptions.meta.k8s.io "" is invalid: ignoreStoreReadErrorWithClusterBreakingPotential: Invalid value: true: ' +
        "is not allowed with DELETECOLLECTION, try again after removing the option",
    });
  });
});
