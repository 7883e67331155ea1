import { startTestServer } from "@quarterdeck/testing";
import { describe, expect, it } from "vitest";
import plugin from "./index.js";

describe("always-deny", () => {
  it("allows nothing, not even to masters, and says so", async () => {
    const server = await startTestServer({ config: { authorization: [plugin] } });
    try {
      const answer = await server.request("/api/v1/namespaces");
      expect(answer.json()).toMatchObject({
        code: 403,
        message:
          'namespaces is forbidden: User "kubernetes-admin" cannot list resource "namespaces" in API group "" at the cluster scope: Everything is forbidden.',
      });
    } finally {
      await server.stop();
    }
  });

  it("leaves it to others to allow", async () => {
    const server = await startTestServer({ config: { authorization: [plugin, "always-allow"] } });
    try {
      expect((await server.request("/api/v1/namespaces")).status).toBe(200);
    } finally {
      await server.stop();
    }
  });
});
