import http, { type IncomingHttpHeaders, type Server } from "node:http";
import http2, { type ClientHttp2Session, type Http2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestServer, testServer } from "../../testing/test-server.js";

interface Answer {
  readonly code: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any field of any answer
  readonly json: any;
}

type Send = (method: string, path: string, body?: unknown, headers?: { [name: string]: string }) => Promise<Answer>;

const NOTES = "/api/v1/namespaces/demo/notes";
const BOATS = "/apis/sea.example.com/v1/namespaces/demo/boats";
let test: TestServer;
let one: Server;
let two: Http2Server;
let session: ClientHttp2Session;

function answerOf(code: number, headers: IncomingHttpHeaders, chunks: Buffer[]): Answer {
  const text = Buffer.concat(chunks).toString();
  return { code, headers, text, json: text.startsWith("{") ? JSON.parse(text) : undefined };
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

const overHttp1: Send = (method, path, body, headers = {}) =>
  new Promise((resolve, reject) => {
    const { port } = one.address() as AddressInfo;
    const req = http.request({ port, method, path, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk) => chunks.push(chunk));
      res.on("end", () => resolve(answerOf(res.statusCode ?? 0, res.headers, chunks)));
      res.on("error", reject);
    });
    req.on("error", reject);
    req.end(bytesOf(body));
  });

const overHttp2: Send = (method, path, body, headers = {}) =>
  new Promise((resolve, reject) => {
    const stream = session.request({ ":method": method, ":path": path, ...headers });
    const chunks: Buffer[] = [];
    let code = 0;
    let received: IncomingHttpHeaders = {};
    stream.on("response", (response) => {
      code = Number(response[":status"]);
      received = response;
    });
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => resolve(answerOf(code, received, chunks)));
    stream.on("error", reject);
    stream.end(bytesOf(body));
  });

beforeAll(async () => {
  test = await testServer();
  one = http.createServer((req, res) => void test.api.callback(req, res));
  two = http2.createServer((req, res) => void test.api.callback(req, res));
  await Promise.all([one, two].map((server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))));
  session = http2.connect(`http://127.0.0.1:${(two.address() as AddressInfo).port}`);
  await overHttp1("POST", "/api/v1/namespaces", { metadata: { name: "demo" } });
});

afterAll(async () => {
  session.destroy();
  one.closeAllConnections();
  one.close();
  two.close();
  await test.stop();
});

describe.each([
  ["HTTP/1.1", "one", overHttp1],
  ["HTTP/2", "two", overHttp2],
])("an API server over %s", (_, tag, send) => {
  it("walks through the verbs of an object", async () => {
    const name = `walk-${tag}`;
    const created = await send("POST", NOTES, { metadata: { name }, data: { a: "1" } });
    expect(created).toMatchObject({ code: 201, json: { kind: "Note", metadata: { name, namespace: "demo" } } });
    expect(created.headers["audit-id"]).toMatch(/^[0-9a-f-]{36}$/);
    const url = `${NOTES}/${name}`;
    const got = await send("GET", url);
    expect(got.json).toEqual(created.json);
    expect(got.headers["content-type"]).toBe("application/json");
    const updated = await send("PUT", url, { ...got.json, data: { a: "2" } });
    expect(updated).toMatchObject({ code: 200, json: { data: { a: "2" } } });
    const merge = { "content-type": "application/merge-patch+json" };
    const patched = await send("PATCH", url, { data: { a: null, b: "3" } }, merge);
    expect(patched).toMatchObject({ code: 200, json: { data: { b: "3" } } });
    const list = await send("GET", `${NOTES}?fieldSelector=metadata.name=${name}`);
    expect(list).toMatchObject({ code: 200, json: { kind: "NoteList", items: [{ data: { b: "3" } }] } });
    expect(await send("DELETE", url)).toMatchObject({ code: 200, json: { kind: "Status", status: "Success" } });
    expect(await send("DELETE", url)).toMatchObject({ code: 404, json: { message: `notes "${name}" not found` } });
  });

  it("deletes a collection and answers what it was", async () => {
    const labels = { tag };
    for (const name of ["a", "b"]) await send("POST", NOTES, { metadata: { name: `${name}-${tag}`, labels } });
    const gone = await send("DELETE", `${NOTES}?labelSelector=tag=${tag}`);
    expect(gone.json.items.map((item: { metadata: { name: string } }) => item.metadata.name)).toEqual([
      `a-${tag}`,
      `b-${tag}`,
    ]);
    expect((await send("GET", `${NOTES}?labelSelector=tag=${tag}`)).json.items).toEqual([]);
  });

  it("serves status, scale and a custom subresource", async () => {
    const boat = { kind: "Boat", apiVersion: "sea.example.com/v1", metadata: { name: `b-${tag}` }, spec: { crew: 2 } };
    expect((await send("POST", BOATS, boat)).code).toBe(201);
    const url = `${BOATS}/b-${tag}`;
    const merge = { "content-type": "application/merge-patch+json" };
    expect(await send("PATCH", `${url}/status`, { spec: { crew: 9 }, status: { crew: 5 } }, merge)).toMatchObject({
      code: 200,
      json: { spec: { crew: 2 }, status: { crew: 5 } },
    });
    const scale = await send("GET", `${url}/scale`);
    expect(scale.json).toMatchObject({ kind: "Scale", spec: { replicas: 2 }, status: { replicas: 5 } });
    expect((await send("PUT", `${url}/scale`, { ...scale.json, spec: { replicas: 4 } })).json.spec.replicas).toBe(4);
    expect((await send("PATCH", `${url}/scale`, { spec: { replicas: 6 } }, merge)).json.spec.replicas).toBe(6);
    expect((await send("GET", url)).json.spec.crew).toBe(6);
    expect(await send("POST", `${url}/hail`)).toMatchObject({ code: 201, json: { answer: `aye from b-${tag}` } });
    expect((await send("GET", `${url}/hail`)).code).toBe(405);
  });

  it("warns of a deprecated version", async () => {
    const { code, headers } = await send("GET", "/apis/sea.example.com/v1beta1/boats");
    expect(code).toBe(200);
    expect(headers.warning).toBe('299 - "use v1"');
  });

  it.each([
    ["GET", "/api/v1/nothings", 404, "the server could not find the requested resource"],
    ["GET", "/api/v1/namespaces/demo/namespaces", 404, "the server could not find the requested resource"],
    ["GET", "/api/v1/namespaces/demo/namespaces/demo", 404, "the server could not find the requested resource"],
    ["GET", "/api/v1/notes/a", 404, "the server could not find the requested resource"],
    ["GET", `${NOTES}/a/nothing`, 404, "the server could not find the requested resource"],
    ["GET", `${NOTES}/a/status`, 404, "the server could not find the requested resource"],
    ["PUT", NOTES, 405, "the server does not allow this method on the requested resource"],
    ["PATCH", NOTES, 405, "the server does not allow this method on the requested resource"],
    ["POST", `${NOTES}/a`, 405, "the server does not allow this method on the requested resource"],
    ["POST", "/api/v1/notes", 405, "the server does not allow this method on the requested resource"],
    ["DELETE", "/api/v1/notes", 405, "the server does not allow this method on the requested resource"],
    ["DELETE", "/api/v1/namespaces", 405, "the server does not allow this method on the requested resource"],
    ["DELETE", "/api/v1/watch/notes", 405, "the server does not allow this method on the requested resource"],
    ["OPTIONS", NOTES, 405, "the server does not allow this method on the requested resource"],
    ["POST", "/version", 405, "the server does not allow this method on the requested resource"],
    ["GET", `${NOTES}/..`, 400, `Name parameter invalid: "..": may not be '..'`],
    ["GET", `${NOTES}/a%25b`, 400, `Name parameter invalid: "a%b": may not contain '%'`],
    ["GET", `${NOTES}/%zz`, 400, `invalid URL escape in the path "${NOTES}/%zz"`],
    ["GET", `${NOTES}?timeout=abc`, 400, 'invalid timeout specified in the request URL - time: invalid duration "abc"'],
  ])("%s %s is %i", async (method, path, code, message) => {
    expect(await send(method, path)).toMatchObject({ code, json: { kind: "Status", code, message } });
  });

  it("answers HEAD on a resource with 405", async () => {
    expect((await send("HEAD", `${NOTES}/a`)).code).toBe(405);
  });

  it.each([
    "/nothing",
    "/apis/unknown.example.com/v1",
    "/apis/unknown.example.com/v1/things",
    "/apis/sea.example.com/v9/boats",
    "/livez/nothing",
    "/apis//v1/notes",
    "/VERSION",
  ])("GET %s is not found, as text", async (path) => {
    const { code, text, headers } = await send("GET", path);
    expect({ code, text }).toEqual({ code: 404, text: "404 page not found\n" });
    expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  });

  it("refuses bad credentials and those who may not", async () => {
    const bad = await send("GET", NOTES, undefined, { authorization: "Bearer bad" });
    expect(bad).toMatchObject({ code: 401, json: { reason: "Unauthorized", message: "Unauthorized" } });
    const mallory = await send("GET", NOTES, undefined, { authorization: "Bearer mallory" });
    expect(mallory).toMatchObject({
      code: 403,
      json: {
        message:
          'notes is forbidden: User "mallory" cannot list resource "notes" in API group "" in the namespace "demo"',
      },
    });
  });

  it("refuses a body above the limit, whether it says so or not, and serves the next request", async () => {
    const body = Buffer.alloc(3 * 1024 * 1024 + 1, 0x20);
    const told = await send("POST", NOTES, body, { "content-length": String(body.length) });
    expect(told).toMatchObject({ code: 413, json: { message: "Request entity too large: limit is 3145728" } });
    const headers: { [name: string]: string } = tag === "one" ? { "transfer-encoding": "chunked" } : {};
    expect(await send("POST", NOTES, body, headers)).toMatchObject({ code: 413 });
    expect((await send("GET", "/version")).code).toBe(200);
  });

  it("tells its version, its paths and that it is well", async () => {
    expect((await send("GET", "/version")).json).toMatchObject({
      major: "1",
      minor: "37",
      gitVersion: "v1.37.0+quarterdeck",
    });
    const { paths } = (await send("GET", "/")).json;
    expect(paths).toEqual([...paths].sort());
    expect(paths).toEqual(
      expect.arrayContaining([
        "/api/v1",
        "/apis/sea.example.com",
        "/livez/ping",
        "/metrics",
        "/openapi/v2",
        "/version",
      ]),
    );
    expect(await send("GET", "/readyz")).toMatchObject({ code: 200, text: "ok" });
    expect((await send("GET", "/livez?verbose")).text).toBe("[+]ping ok\n[+]log ok\nlivez check passed\n");
    expect((await send("GET", "/readyz?verbose&exclude=ping&exclude=nope")).text).toBe(
      '[+]ping excluded: ok\n[+]log ok\n[+]shutdown ok\nwarn: some health checks cannot be excluded: no matches for "nope"\nreadyz check passed\n',
    );
    expect(await send("GET", "/readyz/shutdown")).toMatchObject({ code: 200, text: "ok" });
    expect((await send("GET", "/apis")).json.groups).toMatchObject([{ name: "sea.example.com" }]);
    expect((await send("GET", "/openapi/v3")).code).toBe(200);
  });

  it("counts requests for a scraper", async () => {
    await send("GET", `${NOTES}/none`);
    const { text, headers } = await send("GET", "/metrics");
    expect(headers["content-type"]).toContain("text/plain; version=0.0.4");
    expect(text).toMatch(
      /^apiserver_request_total\{verb="GET",dry_run="",group="",version="v1",resource="notes",subresource="",scope="resource",component="apiserver",code="404"\} [1-9]/m,
    );
    expect(text).toMatch(/^apiserver_response_sizes_sum\{verb="LIST".*resource="notes".*\} [1-9]/m);
    expect(text).toMatch(/^apiserver_resource_objects\{group="",resource="namespaces"\} 1$/m);
    expect(text).toMatch(/^apiserver_request_filter_duration_seconds_count\{filter="authorization"\} [1-9]/m);
    expect(text).toMatch(/^apiserver_current_inflight_requests\{request_kind="mutating"\} 0$/m);
  });
});
