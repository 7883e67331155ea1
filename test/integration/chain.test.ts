import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "@quarterdeck/meta";
import type { TestServer } from "@quarterdeck/testing";
import { sealObject } from "@quarterdeck/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nativeMessage } from "../../plugins/resources-kubernetes/src/facts/native-message.js";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { RawConnection } from "./support/raw-connection.js";
import { rawTarget } from "./support/raw-target.js";
import { widget, widgetsOf } from "./support/widget.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const PROTOBUF = "application/vnd.kubernetes.protobuf";
const STATUS = nativeMessage("meta/v1.Status");
const WIDGETS = widgetsOf("default");
const ALLOWED = "https://ok.example";
const CORS_HEADERS = {
  "access-control-allow-origin": ALLOWED,
  "access-control-allow-methods": "POST, GET, OPTIONS, PUT, DELETE, PATCH",
  "access-control-allow-headers":
    "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since",
  "access-control-expose-headers": "Date",
  "access-control-allow-credentials": "true",
};

describe("the filter chain", () => {
  let server: TestServer;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-chain-"));
    const path = join(folder, "tokens.csv");
    await writeFile(path, 'good,ann,1,"system:masters"\nweak,bob,2,"readers"\n');
    server = await startExampleServer({
      server: { corsAllowedOrigins: ["^https://ok\\.example$"] },
      authentication: ["client-certificate", ["token-file", { path }], "anonymous"],
    });
    await create(server, WIDGETS, widget("slow"));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  function wait(milliseconds: number, query: string) {
    return server.request(`${WIDGETS}/slow/wait${query}`, { method: "POST", body: { milliseconds } });
  }

  describe("panic-recovery", () => {
    it("answers 500 in plain text, logs the stack, and the process lives", async () => {
      const response = await server.request(`${WIDGETS}/slow/break`, { method: "POST", body: {} });
      expect(response.status).toBe(500);
      expect(response.headers["content-type"]).toBe("text/plain; charset=utf-8");
      expect(response.text()).toBe("This request caused apiserver to panic. Look in the logs for details.\n");
      const line = server.logs.find(({ fields }) => fields.path === `${WIDGETS}/slow/break`);
      expect(line).toMatchObject({ level: "error", fields: { stack: expect.stringContaining("this widget breaks") } });
      expect((await server.request("/readyz")).text()).toBe("ok");
    });
  });

  describe("timeout", () => {
    it.each([
      ["abc", 'time: invalid duration "abc"'],
      ["5", 'time: missing unit in duration "5"'],
      ["5x", 'time: unknown unit "x" in duration "5x"'],
    ])("answers 400 to ?timeout=%s", async (timeout, why) => {
      const response = await server.request(`${MAPS}?timeout=${timeout}`);
      expectFailure(response, 400, "BadRequest", `invalid timeout specified in the request URL - ${why}`);
    });

    it.each([1, 2] as const)("answers 504 when the time is up, over HTTP/%i", async (http) => {
      const response = await server.request(`${WIDGETS}/slow/wait?timeout=50ms`, {
        method: "POST",
        body: { milliseconds: 1000 },
        http,
      });
      const message = "Timeout: request did not complete within the allotted timeout";
      expectFailure(response, 504, "Timeout", message, {});
    });

    it("lets what is in time pass", async () => {
      expect((await wait(1, "?timeout=10s")).status).toBe(201);
      expect((await wait(1, "?timeout=0s")).status).toBe(201);
    });

    it("does not end a watch", async () => {
      const response = await server.request(`${MAPS}?watch=1&timeout=10ms&timeoutSeconds=1`);
      expect(response.status).toBe(200);
    });
  });

  describe("cors", () => {
    it("answers a preflight before it asks who calls", async () => {
      const headers = { origin: ALLOWED, "access-control-request-method": "POST" };
      const response = await server.request("/api/v1/secrets", { method: "OPTIONS", headers, as: "anonymous" });
      expect(response.status).toBe(204);
      expect(response.body).toHaveLength(0);
      expect(response.headers).toMatchObject(CORS_HEADERS);
    });

    it("adds its headers to any answer for the origin", async () => {
      const ok = await server.request(MAPS, { headers: { origin: ALLOWED } });
      expect(ok.status).toBe(200);
      expect(ok.headers).toMatchObject(CORS_HEADERS);
      const bad = await server.request(MAPS, { headers: { origin: ALLOWED }, as: { token: "bad" } });
      expect(bad.status).toBe(401);
      expect(bad.headers).toMatchObject(CORS_HEADERS);
    });

    it("treats another origin as if it had not said", async () => {
      const response = await server.request(MAPS, { headers: { origin: "https://evil.example" } });
      expect(response.status).toBe(200);
      expect(Object.keys(response.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
      const preflight = await server.request(MAPS, { method: "OPTIONS", headers: { origin: "https://evil.example" } });
      expect(preflight.status).toBe(405);
    });
  });

  describe("authentication", () => {
    it("knows a token, and 401 for one that nobody knows", async () => {
      expect((await server.request(MAPS, { as: { token: "good" } })).status).toBe(200);
      for (const http of [1, 2] as const) {
        const response = await server.request("/api", { as: { token: "bad" }, http });
        expectFailure(response, 401, "Unauthorized", "Unauthorized");
      }
    });

    it("does not fall back to anonymous for a credential that is wrong", async () => {
      for (const authorization of ["Bearer", "Bearer ", "Basic YTpi", "Bearer  good", "nonsense"]) {
        const response = await server.request("/version", { as: "anonymous", headers: { authorization }, http: 1 });
        expect(response.status, authorization).toBe(401);
      }
    });

    it("trusts no certificate of another authority", async () => {
      const other = await startExampleServer();
      const response = await server.request(MAPS, { as: other.admin, http: 1 });
      const write = await server.request(MAPS, {
        as: other.admin,
        http: 1,
        method: "POST",
        body: { metadata: { name: "foreign" } },
      });
      await other.stop();
      expectFailure(response, 401, "Unauthorized", "Unauthorized");
      expect(write.status).toBe(401);
      expect((await server.request(`${MAPS}/foreign`)).status).toBe(404);
    });

    it("does not take the headers of a front proxy for a credential", async () => {
      const headers = { "x-remote-user": "root", "x-remote-group": "system:masters" };
      const response = await server.request(MAPS, { as: "anonymous", headers });
      expect(response.status).toBe(403);
      expect(response.text()).toContain("system:anonymous");
    });
  });

  describe("authorization", () => {
    it("says who may not do what, and where", async () => {
      const response = await server.request("/api/v1/namespaces/demo/secrets", { as: { token: "weak" } });
      const message =
        'secrets is forbidden: User "bob" cannot list resource "secrets" in API group "" in the namespace "demo"';
      expectFailure(response, 403, "Forbidden", message, { kind: "secrets" });
      expect(response.headers["x-content-type-options"]).toBe("nosniff");
    });

    it.each([
      [
        "GET",
        "/apis/delivery.example.com/v1/rollouts?watch=1",
        'rollouts.delivery.example.com is forbidden: User "system:anonymous" cannot watch resource "rollouts" in API group "delivery.example.com" at the cluster scope',
        { group: "delivery.example.com", kind: "rollouts" },
      ],
      [
        "POST",
        MAPS,
        'configmaps is forbidden: User "system:anonymous" cannot create resource "configmaps" in API group "" in the namespace "default"',
        { kind: "configmaps" },
      ],
      [
        "PUT",
        `${MAPS}/a`,
        'configmaps "a" is forbidden: User "system:anonymous" cannot update resource "configmaps" in API group "" in the namespace "default"',
        { name: "a", kind: "configmaps" },
      ],
      [
        "PATCH",
        `${WIDGETS}/slow/status`,
        'widgets.example.com "slow" is forbidden: User "system:anonymous" cannot patch resource "widgets/status" in API group "example.com" in the namespace "default"',
        { name: "slow", group: "example.com", kind: "widgets" },
      ],
      [
        "DELETE",
        "/api/v1/namespaces/default",
        'namespaces "default" is forbidden: User "system:anonymous" cannot delete resource "namespaces" in API group "" in the namespace "default"',
        { name: "default", kind: "namespaces" },
      ],
      [
        "DELETE",
        MAPS,
        'configmaps is forbidden: User "system:anonymous" cannot deletecollection resource "configmaps" in API group "" in the namespace "default"',
        { kind: "configmaps" },
      ],
      ["GET", "/metrics", 'forbidden: User "system:anonymous" cannot get path "/metrics"', {}],
      ["POST", "/version", 'forbidden: User "system:anonymous" cannot post path "/version"', {}],
    ])("refuses an anonymous %s %s", async (method, path, message, details) => {
      const response = await server.request(path, { method, as: "anonymous" });
      expectFailure(response, 403, "Forbidden", message, details);
    });

    it("answers 401, 403 and 404 in protobuf to those who take it", async () => {
      const accept = { accept: PROTOBUF };
      for (const [path, as, code] of [
        ["/api", { token: "bad" }, 401],
        [`${MAPS}/a`, { token: "weak" }, 403],
        ["/metrics", "anonymous", 403],
        ["/api/v1/things", { token: "good" }, 404],
        ["/apis/example.com/v1/things", { token: "good" }, 404],
        [`${MAPS}/none`, { token: "good" }, 404],
      ] as const) {
        const json = await server.request(path, { as });
        const response = await server.request(path, { as, headers: accept });
        expect([response.status, json.status], path).toEqual([code, code]);
        expect(response.headers["content-type"], path).toBe(PROTOBUF);
        expect(response.body, path).toEqual(sealObject(STATUS, json.json<JsonObject>()));
      }
      // What no group has is no Status with upstream either.
      const unknown = await server.request("/apis/none.example.com", { as: { token: "good" }, headers: accept });
      expect([unknown.status, unknown.text()]).toEqual([404, "404 page not found\n"]);
    });

    it("asks before it looks, so that nobody learns what is there", async () => {
      const paths = [`${MAPS}/none`, "/api/v1/namespaces/none/secrets/none", "/apis/none.example.com/v1/things"];
      for (const path of paths) expect((await server.request(path, { as: "anonymous" })).status).toBe(403);
    });
  });

  describe("impersonation", () => {
    const WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    it("lets a request go on as another, with that one's rights", async () => {
      const headers = {
        "impersonate-user": "alice",
        "impersonate-group": "system:masters",
        "impersonate-uid": "7",
        "impersonate-extra-acme.com%2fproject": "one",
      };
      const review = await server.request(WHO, { method: "POST", headers, body: {} });
      expect(review.json()).toMatchObject({
        status: {
          userInfo: {
            username: "alice",
            uid: "7",
            groups: ["system:masters", "system:authenticated"],
            extra: { "acme.com/project": ["one"] },
          },
        },
      });
      const refused = await server.request(MAPS, { headers: { "impersonate-user": "alice" } });
      expect(refused.status).toBe(403);
      expect(refused.json<{ message: string }>().message).toContain('User "alice" cannot list resource "configmaps"');
    });

    it.each(["alice", "system:masters"])("refuses who has no right to act as %s", async (name) => {
      const as = await server.certificateOf("bob", ["devs"]);
      const headers = { "impersonate-user": name, "impersonate-group": "system:masters" };
      const response = await server.request(MAPS, { headers, as });
      expectFailure(
        response,
        403,
        "Forbidden",
        'configmaps is forbidden: User "bob" cannot impersonate-on:user-info:list resource "configmaps" in API group "" in the namespace "default"',
        { kind: "configmaps" },
      );
      expect(response.headers["x-content-type-options"]).toBe("nosniff");
    });

    it.each(["impersonate-group", "impersonate-uid", "impersonate-extra-scopes"])(
      "answers 400 to %s without a user",
      async (header) => {
        const response = await server.request(MAPS, { headers: { [header]: "alice" } });
        expect(response.status).toBe(400);
        expect(response.json<{ message: string }>().message).toMatch(/without impersonating a user name$/);
      },
    );
  });

  describe("audit", () => {
    it("gives every answer an id, the caller's if there is one", async () => {
      expect((await server.request("/version")).headers["audit-id"]).toMatch(/^[0-9a-f-]{36}$/);
      expect((await server.request("/version", { headers: { "audit-id": "me" } })).headers["audit-id"]).toBe("me");
    });
  });
});

describe("wait-group", () => {
  it("finishes what runs, and turns away what comes later", async () => {
    const server = await startExampleServer({ server: { shutdownTimeout: 20 } });
    await create(server, WIDGETS, widget("slow"));
    const late = await RawConnection.open(rawTarget(server));
    const head = (path: string, method = "GET") => `${method} ${path} HTTP/1.1\r\nHost: x\r\n`;
    late.write(head(MAPS));
    const posting = await RawConnection.open(rawTarget(server));
    const body = JSON.stringify({ metadata: { name: "finished" } });
    posting.write(`${head(MAPS, "POST")}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n{`);
    const waiting = server.request(`${WIDGETS}/slow/wait`, { method: "POST", body: { milliseconds: 500 } });
    await expect.poll(async () => (await server.request("/metrics")).text()).toMatch(/mutating"\} 2\n/);
    const stopped = server.stop();
    late.write("\r\n");
    const refused = await late.until(/"code": ?503/);
    expect(refused).toMatch(/^HTTP\/1\.1 503 /);
    expect(refused).toMatch(/\r\nRetry-After: 1\r\n/i);
    expect(refused).toContain("apiserver is shutting down");
    posting.write(body.slice(1));
    expect(await posting.until(/"name":"finished"/)).toMatch(/^HTTP\/1\.1 201 /);
    expect((await waiting).status).toBe(201);
    await stopped;
    await expect(server.request("/readyz", { http: 1 })).rejects.toThrow("ECONNREFUSED");
    late.close();
    posting.close();
  });

  it("keeps to its time when a client does not finish", async () => {
    const server = await startExampleServer({ server: { shutdownTimeout: 0 } });
    const stuck = await RawConnection.open(rawTarget(server));
    stuck.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{`);
    await server.request("/readyz").then((response) => expect(response.status).toBe(200));
    await server.stop();
    expect(await stuck.end()).toBe("");
  });
});

describe("filters of one's own", () => {
  it("stand where the config puts them", async () => {
    const { default: readOnly } = await import("../../docs/examples/read-only/src/index.js");
    const server = await startExampleServer({
      filters: [{ after: "authentication", use: [readOnly, { message: "closed", exemptGroups: [] }] }],
    });
    const refused = await server.request(MAPS, { method: "POST", body: { metadata: { name: "a" } } });
    expectFailure(refused, 503, "ServiceUnavailable", "closed", { retryAfterSeconds: 30 });
    expect(refused.headers["retry-after"]).toBe("30");
    expect((await server.request(MAPS)).status).toBe(200);
    await server.stop();
  });

  it("may take the place of ours, or remove them", async () => {
    const server = await startExampleServer({ filters: [{ remove: "authorization" }] });
    const made = await server.request(MAPS, { method: "POST", as: "anonymous", body: { metadata: { name: "open" } } });
    expect(objectOf(made).metadata.name).toBe("open");
    await server.stop();
  });
});
