import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, listOf, namesOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const ROLLOUTS = rolloutsOf("default");
const MERGE = { "content-type": "application/merge-patch+json" };

describe("dryRun=All", () => {
  let server: TestServer;
  let revision: string | undefined;

  async function revisionOf(): Promise<string | undefined> {
    return listOf(await server.request(ROLLOUTS)).metadata.resourceVersion;
  }

  beforeAll(async () => {
    server = await startExampleServer();
    await create(server, ROLLOUTS, rollout("there"));
    revision = await revisionOf();
  });
  afterAll(async () => {
    // Nothing of all this was written.
    expect(await revisionOf()).toBe(revision);
    await server.stop();
  });

  it("creates with all checks and defaults but no resourceVersion", async () => {
    const response = await server.request(`${ROLLOUTS}?dryRun=All`, { method: "POST", body: rollout("dry") });
    expect(response.status).toBe(201);
    const made = objectOf(response);
    expect(made).toMatchObject({ metadata: { name: "dry", uid: expect.any(String) }, spec: { strategy: "Canary" } });
    expect(made.metadata).not.toHaveProperty("resourceVersion");
    expect((await server.request(`${ROLLOUTS}/dry`)).status).toBe(404);
    const bad = { method: "POST", body: rollout("bad", { replicas: -1 }) };
    expect((await server.request(`${ROLLOUTS}?dryRun=All`, bad)).status).toBe(422);
    const taken = { method: "POST", body: rollout("there") };
    expect((await server.request(`${ROLLOUTS}?dryRun=All`, taken)).status).toBe(409);
    const nowhere = { method: "POST", body: rollout("dry") };
    expect((await server.request(`${rolloutsOf("nowhere")}?dryRun=All`, nowhere)).status).toBe(404);
  });

  it("updates and patches, and answers what would be", async () => {
    const before = objectOf(await server.request(`${ROLLOUTS}/there`));
    const body = rollout("there", { replicas: 4 });
    const put = objectOf(await server.request(`${ROLLOUTS}/there?dryRun=All`, { method: "PUT", body }));
    expect(put).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 4 } });
    const patch = objectOf(
      await server.request(`${ROLLOUTS}/there?dryRun=All`, {
        method: "PATCH",
        headers: MERGE,
        body: { spec: { replicas: 5 } },
      }),
    );
    expect(patch.spec).toMatchObject({ replicas: 5 });
    expect(objectOf(await server.request(`${ROLLOUTS}/there`))).toEqual(before);
  });

  it("deletes, by query and by body, one and many", async () => {
    const byQuery = await server.request(`${ROLLOUTS}/there?dryRun=All`, { method: "DELETE" });
    expect(byQuery.json()).toMatchObject({ kind: "Status", status: "Success" });
    const byBody = await server.request(`${ROLLOUTS}/there`, { method: "DELETE", body: { dryRun: ["All"] } });
    expect(byBody.json()).toMatchObject({ kind: "Status", status: "Success" });
    const many = await server.request(`${ROLLOUTS}?dryRun=All`, { method: "DELETE" });
    expect(namesOf(many)).toEqual(["there"]);
    expect((await server.request(`${ROLLOUTS}/there`)).status).toBe(200);
  });

  it("knows no other value", async () => {
    const message = 'Unsupported value: ["Some"]: supported values: "All"';
    expectFailure(
      await server.request(`${ROLLOUTS}?dryRun=Some`, { method: "POST", body: rollout("some") }),
      422,
      "Invalid",
      `CreateOptions.meta.k8s.io "" is invalid: dryRun: ${message}`,
      {
        group: "meta.k8s.io",
        kind: "CreateOptions",
        causes: [{ reason: "FieldValueNotSupported", message, field: "dryRun" }],
      },
    );
  });
});
