import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkBackup } from "../../packages/kernel/src/transfer/read-backup.js";
import { create } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";

const PATH = "/quarterdeck/v1/backup";

describe("GET /quarterdeck/v1/backup", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer({
      storage: { use: "memory", overrides: { secrets: ["memory", { compactionSeconds: 0 }] } },
    });
    for (let at = 0; at < 40; at++) {
      const data = { large: "x".repeat(100_000) };
      await create(server, "/api/v1/namespaces/default/configmaps", { metadata: { name: `m-${at}` }, data });
    }
    await create(server, "/api/v1/namespaces/default/secrets", { metadata: { name: "s" } });
  });
  afterAll(() => server.stop());

  it.each([1, 2] as const)("answers with a whole backup over HTTP/%i", async (http) => {
    const answer = await server.open(PATH, { http });
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/octet-stream");
    const { header, bytes } = await checkBackup(answer.stream);
    expect(header.stores).toMatchObject([{ name: "storage" }, { name: "storage-secrets", count: 1 }]);
    expect(header.stores[0]?.count).toBeGreaterThan(40);
    expect(bytes).toBeGreaterThan(40 * 100_000);
  });

  it("outlives clients that go away", async () => {
    for (const http of [1, 2] as const) {
      const answer = await server.open(PATH, { http });
      answer.stream.on("error", () => undefined);
      await new Promise((resolve) => answer.stream.once("data", resolve));
      answer.close();
    }
    await checkBackup((await server.open(PATH)).stream);
    expect(server.logs.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("is not bound by the limit of ordinary requests, and is for GET alone", async () => {
    await checkBackup((await server.open(`${PATH}?timeout=1ms`)).stream);
    expect((await server.request(PATH, { method: "POST" })).status).toBe(405);
  });

  it("is for administrators", async () => {
    expectFailure(
      await server.request(PATH, { as: "anonymous" }),
      403,
      "Forbidden",
      `forbidden: User "system:anonymous" cannot get path "${PATH}"`,
      {},
    );
  });
});
