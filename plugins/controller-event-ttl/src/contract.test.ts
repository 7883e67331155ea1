import type { TestServer } from "@quarterdeck/testing";
import { controllerContract } from "@quarterdeck/testing/controller-contract";
import { afterAll, beforeAll, expect, vi } from "vitest";
import plugin from "./index.js";

const PATH = "/api/v1/namespaces/default/events";
const DAY = 86_400_000;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterAll(() => {
  vi.useRealTimers();
});

/** An event that was made so long ago, by a clock that the store does not look at. */
async function makeEarlier(server: TestServer, name: string, milliseconds: number): Promise<void> {
  // The admin's certificate is looked at once for each connection, and was not in force then.
  await server.request(PATH);
  const now = Date.now();
  vi.setSystemTime(now - milliseconds);
  const involvedObject = { kind: "ConfigMap", name: "a", namespace: "default" };
  const made = await server.request(PATH, { method: "POST", body: { metadata: { name }, involvedObject } });
  expect(made.status, made.text()).toBe(201);
  vi.setSystemTime(now);
}

controllerContract({
  plugin,
  seldom: true,
  // What the store was told is a month, so that it lets nothing go.
  config: { resources: [["kubernetes", { eventTtlSeconds: 30 * 86_400 }]] },
  work: {
    async give(server, name) {
      await makeEarlier(server, name, 40 * DAY);
      await makeEarlier(server, `${name}-younger`, 20 * DAY);
    },
    async isDone(server, name) {
      const statuses = await Promise.all(
        [name, `${name}-younger`].map(async (one) => (await server.request(`${PATH}/${one}`)).status),
      );
      return statuses.join() === "404,200";
    },
  },
});
