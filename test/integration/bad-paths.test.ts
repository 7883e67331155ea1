import { describe, expect, it } from "vitest";
import { RawConnection } from "./support/raw-connection.js";
import { rawTarget } from "./support/raw-target.js";
import { UntouchedServer } from "./support/untouched-server.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const JSON_TYPE = "application/json";

describe("bad paths and queries", () => {
  const untouched = new UntouchedServer();

  it.each([
    "labelSelector=%00",
    "labelSelector=a%20in%20(",
    "labelSelector=((((((((((",
    `labelSelector=${"a".repeat(300)}`,
    `labelSelector=${"!".repeat(1000)}`,
    "labelSelector=a%3D%3D%3Db",
    "fieldSelector=%5C",
    "fieldSelector=a%5C%3Db",
    "fieldSelector=__proto__%3Dx",
    "fieldSelector=metadata.labels.a%3Dx",
    "continue=AAAA",
    "continue=%F0%9F%92%A9",
    `continue=${Buffer.from('{"v":"meta.k8s.io/v1","rv":1,"start":"../../secrets"}').toString("base64url")}`,
    `continue=${Buffer.from('{"v":"meta.k8s.io/v1","rv":-5,"start":""}').toString("base64url")}`,
    `continue=${Buffer.from('{"v":"meta.k8s.io/v2","rv":1,"start":"a"}').toString("base64url")}`,
    `continue=${Buffer.from('{"__proto__":{"v":"meta.k8s.io/v1","rv":1,"start":"a"}}').toString("base64url")}`,
    "limit=1e9",
    "limit=99999999999999999999",
    "resourceVersion=-1",
    "resourceVersion=1.5",
    "resourceVersion=18446744073709551616",
    "timeoutSeconds=abc",
  ])("GET ?%s is 400", async (query) => {
    const response = await untouched.server.request(`${MAPS}?${query}`);
    expect(response.json()).toMatchObject({ kind: "Status", status: "Failure", reason: "BadRequest", code: 400 });
    expect(response.status).toBe(400);
    const removal = await untouched.server.request(`${MAPS}?${query}`, { method: "DELETE" });
    expect(removal.status).toBe(400);
  });

  it("that Go and browsers would read, strange as they are, are read", async () => {
    for (const query of [
      "&&&",
      "=",
      "?",
      "a=%zz",
      "%",
      "limit=&continue=&labelSelector=&fieldSelector=",
      "pretty=maybe",
    ]) {
      expect((await untouched.server.request(`${MAPS}?${query}`)).status, query).toBeLessThan(500);
    }
  });

  it.each([
    ["/api/v1/namespaces/default/configmaps/..", /^Name parameter invalid: "\.\.": may not be '\.\.'$/],
    ["/api/v1/namespaces/default/configmaps/%2e%2e", /^Name parameter invalid: "\.\.": may not be '\.\.'$/],
    ["/api/v1/namespaces/default/configmaps/.", /^Name parameter invalid: "\.": may not be '\.'$/],
    ["/api/v1/namespaces/default/configmaps/a%25b", /^Name parameter invalid: "a%b": may not contain '%'$/],
    ["/api/v1/namespaces/%2e%2e/configmaps", /^Namespace parameter invalid: "\.\.": may not be '\.\.'$/],
    ["/api/v1/namespaces/default/configmaps/a%00b", /^Name parameter invalid: "a\\u0000b": may not contain NUL$/],
    ["/api/v1/namespaces/a%00b/configmaps/x", /^Namespace parameter invalid: "a\\u0000b": may not contain NUL$/],
    ["/api/v1/namespaces/default/configmaps/%zz", /^invalid URL escape/],
    ["/api/v1/namespaces/default/configmaps/%ff", /^invalid URL escape/],
  ])("%s is 400", async (path, message) => {
    for (const method of ["GET", "PUT", "DELETE"]) {
      if (method !== "GET" && path.endsWith("/configmaps")) continue;
      // The body comes before the key, which is where a NUL is found.
      const body =
        path.includes("%00") && method === "PUT"
          ? { metadata: { name: decodeURIComponent(path).split("/")[6] } }
          : undefined;
      const response = await untouched.server.request(path, { method, body });
      expect(response.json(), method).toMatchObject({
        reason: "BadRequest",
        code: 400,
        message: expect.stringMatching(message),
      });
    }
  });

  it.each([
    "/api/v1/namespaces/default/configmaps/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/api/v1/namespaces/default/configmaps/there/..%2f..",
    "/api/v1/../../../etc/passwd",
    "/../../etc/passwd",
    "/api/v1/namespaces/default/__proto__",
    "/api/v1/namespaces/default/constructor/x",
    "/api/v1/namespaces/default/configmaps/there/constructor",
    "/apis/__proto__/v1/x",
    "/apis/constructor",
    "/toString",
    "/openapi/v3/../../etc/passwd",
    "/openapi/v3/__proto__",
    "/healthz/__proto__",
    "/readyz/..",
    `/api/v1/namespaces/default/configmaps/${"x".repeat(8000)}`,
    `/${"a/".repeat(4000)}`,
  ])("%s is 404", async (path) => {
    const response = await untouched.server.request(path);
    expect(response.status).toBe(404);
    if (response.headers["content-type"] === JSON_TYPE) {
      expect(response.json()).toMatchObject({ kind: "Status", reason: "NotFound", code: 404 });
    } else expect(response.text()).toBe("404 page not found\n");
  });

  it("of an absurd length end the connection", async () => {
    const connection = await RawConnection.open(rawTarget(untouched.server));
    connection.write(`GET /${"x".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    // Bytes that nobody read may reset the connection before the client has seen the answer.
    expect(await connection.end()).toMatch(/^(HTTP\/1\.1 431 [\s\S]*)?$/);
  });

  it("may have NUL and other bytes in HTTP/1.1's request line, which is 400", async () => {
    for (const target of ["/api\0/v1", "/api/\x01", "/\x7f", "/a b"]) {
      const connection = await RawConnection.open(rawTarget(untouched.server));
      connection.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(await connection.end(), JSON.stringify(target)).toMatch(/^HTTP\/1\.1 40[04] /);
    }
  });
});
