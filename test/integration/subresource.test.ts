import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { widget, widgetsOf } from "./support/widget.js";

const ROLLOUTS = rolloutsOf("default");

describe("a subresource of one's own", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  function restart(name: string, body?: unknown, query = "") {
    return server.request(`${ROLLOUTS}/${name}/restart${query}`, { method: "POST", body });
  }

  it("runs its method on the object and stores what that made of it", async () => {
    await create(server, ROLLOUTS, rollout("web"));
    const response = await restart("web", { reason: "new certificate" });
    expect(response.status).toBe(201);
    const next = objectOf(response);
    expect(next).toMatchObject({
      kind: "Rollout",
      metadata: {
        generation: 2,
        annotations: {
          "delivery.example.com/restart-reason": "new certificate",
          "delivery.example.com/restarted-by": "kubernetes-admin",
        },
      },
      spec: { restartedAt: expect.stringMatching(/Z$/) },
    });
    expect(objectOf(await server.request(`${ROLLOUTS}/web`))).toEqual(next);
  });

  it("takes an empty body, and stores nothing on a dry run", async () => {
    const made = await create(server, ROLLOUTS, rollout("dry"));
    expect((await restart("dry", undefined, "?dryRun=All")).status).toBe(201);
    expect(objectOf(await server.request(`${ROLLOUTS}/dry`))).toEqual(made);
    expect((await restart("dry")).status).toBe(201);
  });

  it("loses none of many parallel calls", async () => {
    await create(server, ROLLOUTS, rollout("busy"));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => restart("busy", { reason: `r${index}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
  });

  it("checks its input", async () => {
    await create(server, ROLLOUTS, rollout("input"));
    const long = await restart("input", { reason: "x".repeat(201) });
    expect(long.json()).toMatchObject({
      code: 422,
      reason: "Invalid",
      details: { name: "input", kind: "RestartRequest", causes: [{ field: "reason" }] },
    });
    const wrong = await restart("input", { reason: 5 });
    expect(wrong.json()).toMatchObject({
      code: 400,
      reason: "BadRequest",
      message: expect.stringMatching(/^RestartRequest in version "v1" cannot be handled as a RestartRequest: /),
    });
    expectFailure(
      await restart("input", { resaon: "typo" }, "?fieldValidation=Strict"),
      400,
      "BadRequest",
      'RestartRequest in version "v1" cannot be handled as a RestartRequest: strict decoding error: unknown field "resaon"',
    );
  });

  it("is 404 for an object that is not there and a name that is none, 405 for another verb", async () => {
    expectFailure(await restart("nope", {}), 404, "NotFound", 'rollouts.delivery.example.com "nope" not found', {
      name: "nope",
      group: "delivery.example.com",
      kind: "rollouts",
    });
    const unknown = await server.request(`${ROLLOUTS}/web/reboot`, { method: "POST" });
    expectFailure(unknown, 404, "NotFound", "the server could not find the requested resource", {});
    const get = await server.request(`${ROLLOUTS}/web/restart`);
    expectFailure(get, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource", {});
  });

  it("may answer what it likes instead of the object", async () => {
    const made = await create(server, widgetsOf("default"), widget("patient"));
    const response = await server.request(`${widgetsOf("default")}/patient/wait`, { method: "POST", body: {} });
    expect(response.status).toBe(201);
    expect(response.json()).toEqual({ kind: "Waited", apiVersion: "example.com/v1" });
    expect(objectOf(await server.request(`${widgetsOf("default")}/patient`))).toEqual(made);
  });
});
