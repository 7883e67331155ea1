import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const TOKEN = "t0ken-that-only-ann-knows";
const GUESS = "gu3ss-that-nobody-has";
const DATA = Buffer.from("pl4in-text-of-a-secret").toString("base64");
const MORE = Buffer.from("0ther-text-of-a-secret").toString("base64");
const SECRETS = "/api/v1/namespaces/default/secrets";
const QUERY = "qu3ry-value-with-a-key";

describe("what is secret", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await writeFile(join(server.data, "tokens.csv"), `${TOKEN},ann,7,"system:masters"\n`);
    await server.reload({
      authentication: ["client-certificate", ["token-file", { path: join(server.data, "tokens.csv") }], "anonymous"],
    });
  });
  afterAll(() => server.stop());

  it("is in no log at any level, in no metric and in no refusal", async () => {
    const ann = { token: TOKEN };
    const refusals: string[] = [];
    const ask = async (...[path, request]: Parameters<TestServer["request"]>): Promise<number> => {
      const answer = await server.request(path, request);
      if (answer.status >= 400) refusals.push(answer.text(), JSON.stringify(answer.headers));
      return answer.status;
    };
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { key: DATA } };
    expect(await ask(SECRETS, { method: "POST", body: secret, as: ann })).toBe(201);
    expect(await ask(SECRETS, { method: "POST", body: secret, as: ann })).toBe(409);
    expect(await ask(SECRETS, { as: { token: GUESS } })).toBe(401);
    expect(await ask(SECRETS, { as: ann, http: 1 })).toBe(200);
    const stale = { ...secret, metadata: { name: "s", resourceVersion: "1" }, data: { key: MORE } };
    expect(await ask(`${SECRETS}/s`, { method: "PUT", body: stale, as: ann })).toBe(409);
    expect(await ask(`${SECRETS}/s`, { method: "PUT", body: { ...stale, kind: "ConfigMap" }, as: ann })).toBe(400);
    const name = { ...secret, metadata: { name: "Not A Name" }, data: { key: MORE } };
    expect(await ask(SECRETS, { method: "POST", body: name, as: ann })).toBe(422);
    expect(await ask("/nowhere", { as: ann })).toBe(404);
    expect(await ask(`/version?token=${QUERY}`, { method: "POST", as: "anonymous" })).toBe(403);
    expect(await ask(SECRETS, { as: ann, headers: { "impersonate-user": "nobody" } })).toBe(403);
    const patch = { method: "PATCH", as: ann, headers: { "content-type": "application/merge-patch+json" } };
    expect(await ask(`${SECRETS}/s`, { ...patch, body: Buffer.from(`{"data":{"key":"${MORE}"}}`) })).toBe(200);
    const metrics = await server.request("/metrics");
    expect(metrics.text()).toContain('resource="secrets"');
    expect(refusals.length).toBeGreaterThan(10);
    expect(server.logs.some(({ level }) => level === "debug")).toBe(true);
    const logs = server.logs.map(({ message, fields }) => `${message} ${spell(fields)}`);
    for (const [where, text] of [
      ["logs", logs.join("\n")],
      ["metrics", metrics.text()],
      ["refusals", refusals.join("\n")],
    ] as const) {
      for (const hidden of [TOKEN, GUESS, DATA, MORE, QUERY, "pl4in-text", "0ther-text", "PRIVATE KEY"]) {
        expect(text.includes(hidden), `${hidden} in ${where}`).toBe(false);
      }
    }
  });
});

/** Everything that is in a value, errors with what they hide from JSON. */
function spell(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    one instanceof Error ? { ...one, message: one.message, stack: one.stack, cause: one.cause } : one,
  );
}
