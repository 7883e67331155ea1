import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as rollout from "@example/rollout";
import { Environment } from "@example/environment";
let server: TestServer;
beforeAll(async () => { server = await startTestServer({ resources: [rollout.Rollout, rollout.RolloutV1Beta1, Environment] }); });
afterAll(() => server.stop());
it("x", async () => {
  expect((await server.request("/readyz")).text()).toBe("ok");
  console.log((await server.request("/apis")).text());
});
