import type { TestServer } from "@quarterdeck/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { create, listOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { RawConnection } from "./support/raw-connection.js";
import { rawTarget } from "./support/raw-target.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { widgetsOf } from "./support/widget.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");
const JSON_TYPE = "application/json";
const YAML_TYPE = "application/yaml";
const MERGE_TYPE = "application/merge-patch+json";
const JSON_PATCH_TYPE = "application/json-patch+json";
const DEEP = 100_000;

describe("bad input", () => {
  let server: TestServer;
  let stored: string | undefined;

  /** What the store has, as the newest revision that anything was written at. */
  async function contentOf(): Promise<string> {
    const lists = [MAPS, ROLLOUTS, widgetsOf("default"), "/api/v1/namespaces"].map((path) => server.request(path));
    return JSON.stringify((await Promise.all(lists)).map((response) => listOf(response).items));
  }

  beforeAll(async () => {
    server = await startExampleServer();
    await create(server, MAPS, { metadata: { name: "there" }, data: { a: "1" } });
    await create(server, ROLLOUTS, rollout("there"));
    stored = await contentOf();
  });
  afterEach(async () => {
    expect(await contentOf()).toBe(stored);
    expect((await server.request("/readyz")).text()).toBe("ok");
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
  afterAll(() => server.stop());

  function send(method: string, path: string, type: string, body: string | Buffer) {
    return server.request(path, { method, headers: { "content-type": type }, body });
  }

  function post(body: string | Buffer, type = JSON_TYPE, path = MAPS) {
    return send("POST", path, type, body);
  }

  describe("bodies", () => {
    it.each([
      ["nothing", "", /unexpected end of JSON input \(<empty>\)$/],
      ["half an object", '{"metadata":{"name":"x"', /unexpected end of JSON input \(\{"metadata":\{"name":"x"\)$/],
      ["a stray comma", '{"metadata":{},}', /invalid character '}' .*\(\{"metadata":\{\},\}\)$/],
      ["single quotes", "{'metadata':{}}", /invalid character '\\''/],
      ["two objects", '{"metadata":{}}{}', /invalid character '\{' after top-level value/],
      ["a bare word", "hello", /invalid character 'h' looking for beginning of value/],
      ["a list", "[]", /cannot unmarshal array/],
      ["a string", '"x"', /cannot unmarshal string/],
      ["null", "null", /./],
      ["a control character in a string", '{"metadata":{"name":"a\nb"}}', /invalid character '\\n' in string literal/],
      ["a bad escape", '{"metadata":{"name":"\\x"}}', /invalid character 'x' in string escape code/],
      ["a bad number", '{"metadata":{"generation":01}}', /invalid character '1' after object key:value pair/],
      ["a huge number", '{"metadata":{"generation":1e999}}', /./],
      ["NaN", '{"metadata":{"generation":NaN}}', /invalid character 'N' looking for beginning of value/],
      ["a comment", '{"metadata":{}/* */}', /invalid character '\/' after object key:value pair/],
      ["NUL bytes", "\0\0\0\0", /invalid character '\\x00' looking for beginning of value/],
    ])("JSON that is %s", async (_what, body, detail) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect(response.json()).toEqual({
        kind: "Status",
        apiVersion: "v1",
        metadata: {},
        status: "Failure",
        message: expect.stringMatching(detail),
        reason: "BadRequest",
        code: 400,
      });
      expect(response.json<{ message: string }>().message).toMatch(
        /^(the object provided is unrecognized \(must be of type ConfigMap\): couldn't get version\/kind; json parse error: |ConfigMap in version "v1" cannot be handled as a ConfigMap: )/,
      );
    });

    it.each([
      ["a tab for indentation", "metadata:\n\tname: x\n"],
      ["an open bracket", "metadata: {name: x\n"],
      ["an unknown alias", "metadata: *nothing\n"],
      ["two documents", "metadata: {name: x}\n---\nmetadata: {name: y}\n"],
      ["a list", "- a\n- b\n"],
      ["a bare word", "hello\n"],
      ["nothing", ""],
      [
        "a laughing bomb",
        `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghij".replace(/./g, (key) => {
          const before = String.fromCharCode(key.charCodeAt(0) - 1);
          return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]\n`;
        })}`,
      ],
    ])("YAML that is %s", async (_what, body) => {
      const response = await post(body, YAML_TYPE);
      expect(response.status).toBe(400);
      expect(response.json()).toMatchObject({
        reason: "BadRequest",
        message: expect.stringMatching(/^the object provided is unrecognized \(must be of type ConfigMap\): /),
      });
    });

    it.each([JSON_TYPE, YAML_TYPE])("bytes that are not UTF-8, as %s", async (type) => {
      const text =
        type === JSON_TYPE ? '{"metadata":{"name":"x"},"data":{"a":"?"}}' : "metadata: {name: x}\ndata: {a: '?'}\n";
      for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
        const [before = "", after = ""] = text.split("?");
        const response = await post(Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]), type);
        expect(response.status).toBe(400);
        expect(response.json()).toMatchObject({ reason: "BadRequest", message: expect.stringContaining("UTF-8") });
      }
    });

    it("more than 3 MiB, whether it says so or not", async () => {
      const message = "Request entity too large: limit is 3145728";
      const body = `{"metadata":{"name":"big"},"data":{"a":"${"x".repeat(3 * 1024 * 1024)}"}}`;
      for (const http of [1, 2] as const) {
        const announced = await server.request(MAPS, {
          method: "POST",
          http,
          headers: { "content-type": JSON_TYPE, "content-length": String(body.length) },
          body,
        });
        expectFailure(announced, 413, "RequestEntityTooLarge", message);
      }
      expectFailure(await post(body), 413, "RequestEntityTooLarge", message);
      expectFailure(await send("PATCH", `${MAPS}/there`, MERGE_TYPE, body), 413, "RequestEntityTooLarge", message);
      expectFailure(await send("DELETE", `${MAPS}/there`, JSON_TYPE, body), 413, "RequestEntityTooLarge", message);
      const chunked = await RawConnection.open(rawTarget(server));
      chunked.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
      const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
      for (let sent = 0; sent < 50; sent++) chunked.write(chunk);
      expect(await chunked.until(/"code":413/)).toMatch(/^HTTP\/1\.1 413 /);
      chunked.close();
    });

    it("a config map of more than 1 MiB, annotations of more than 256 KiB", async () => {
      const tooBig = { metadata: { name: "x" }, data: { a: "x".repeat(1024 * 1024 + 1) } };
      expectFailure(
        await post(JSON.stringify(tooBig)),
        422,
        "Invalid",
        'ConfigMap "x" is invalid: []: Too long: may not be more than 1048576 bytes',
        {
          name: "x",
          kind: "ConfigMap",
          causes: [
            { reason: "FieldValueTooLong", message: "Too long: may not be more than 1048576 bytes", field: "[]" },
          ],
        },
      );
      const annotated = { metadata: { name: "x", annotations: { a: "x".repeat(262_144) } } };
      const message = "Too long: may not be more than 262144 bytes";
      expectFailure(
        await post(JSON.stringify(annotated)),
        422,
        "Invalid",
        `ConfigMap "x" is invalid: metadata.annotations: ${message}`,
        {
          name: "x",
          kind: "ConfigMap",
          causes: [{ reason: "FieldValueTooLong", message, field: "metadata.annotations" }],
        },
      );
    });

    it.each([
      ["POST", MAPS, JSON_TYPE, `{"metadata":{"name":"x"},"a":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
      ["POST", MAPS, JSON_TYPE, `{"metadata":{"name":"x"},"a":${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}}`],
      ["POST", MAPS, JSON_TYPE, "[".repeat(DEEP)],
      ["POST", MAPS, YAML_TYPE, `metadata: {name: x}\na: ${"[".repeat(DEEP)}${"]".repeat(DEEP)}\n`],
      ["POST", MAPS, YAML_TYPE, `${"? ".repeat(DEEP)}x\n`],
      ["POST", MAPS, YAML_TYPE, `${"- ".repeat(DEEP)}x\n`],
      ["POST", ROLLOUTS, JSON_TYPE, `{"spec":{"extensions":${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}}}`],
      ["PUT", `${MAPS}/there`, JSON_TYPE, `{"metadata":{"name":"there"},"a":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
      ["PATCH", `${MAPS}/there`, MERGE_TYPE, `{"data":${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}}`],
      [
        "PATCH",
        `${MAPS}/there`,
        JSON_PATCH_TYPE,
        `[{"op":"add","path":"/data","value":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}]`,
      ],
      ["PATCH", `${ROLLOUTS}/there`, JSON_PATCH_TYPE, "[".repeat(DEEP)],
      ["DELETE", `${MAPS}/there`, JSON_TYPE, `{"preconditions":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
      ["POST", `${ROLLOUTS}/there/restart`, JSON_TYPE, `{"reason":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
      ["PUT", `${ROLLOUTS}/there/scale`, JSON_TYPE, `{"spec":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
    ])("100 000 levels: %s %s %s", async (method, path, type, body) => {
      const response = await send(method, path, type, body);
      expect(response.status).toBe(400);
      expect(response.json()).toMatchObject({
        kind: "Status",
        reason: "BadRequest",
        message: expect.stringMatching(/depth|deep/),
      });
    });
  });

  describe("fields", () => {
    it.each([
      ['{"metadata":[]}', "array into Go struct field ConfigMap.metadata"],
      ['{"metadata":{"name":5}}', "number into Go struct field ObjectMeta.metadata.name of type string"],
      [
        '{"metadata":{"name":"x","labels":{"a":1}}}',
        "number into Go struct field ObjectMeta.metadata.labels of type string",
      ],
      [
        '{"metadata":{"name":"x","labels":[]}}',
        "array into Go struct field ObjectMeta.metadata.labels of type map[string]string",
      ],
      [
        '{"metadata":{"name":"x","finalizers":"a"}}',
        "string into Go struct field ObjectMeta.metadata.finalizers of type []string",
      ],
      [
        '{"metadata":{"name":"x","generation":1.5}}',
        "number 1.5 into Go struct field ObjectMeta.metadata.generation of type int64",
      ],
    ])("of the wrong type: %s", async (body, detail) => {
      const message = `ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal ${detail}`;
      const response = await post(body);
      expect(response.json()).toMatchObject({
        code: 400,
        reason: "BadRequest",
        message: expect.stringContaining(message),
      });
    });

    it.each([
      [{ labels: { "-bad": "x" } }, "metadata.labels"],
      [{ labels: { ok: "not ok!" } }, "metadata.labels"],
      [{ labels: { ok: "x".repeat(64) } }, "metadata.labels"],
      [{ labels: { ["k".repeat(64)]: "x" } }, "metadata.labels"],
      [{ labels: { "a/b/c": "x" } }, "metadata.labels"],
      [{ annotations: { "a b": "x" } }, "metadata.annotations"],
      [{ finalizers: ["a b"] }, "metadata.finalizers"],
      [{ name: "" }, "metadata.name"],
      [{ name: "../../etc/passwd" }, "metadata.name"],
      [{ name: "a\0b" }, "metadata.name"],
      [{ name: "a/b" }, "metadata.name"],
      [{ name: ".." }, "metadata.name"],
      [{ name: "x".repeat(254) }, "metadata.name"],
      [{ name: "ünïcode" }, "metadata.name"],
      [{ name: "", generateName: "-" }, "metadata.generateName"],
      [
        { ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "x", uid: "" }] },
        "metadata.ownerReferences[0].uid",
      ],
    ])("out of bounds: %j", async (metadata, field) => {
      const response = await post(JSON.stringify({ metadata: { name: "x", ...metadata } }));
      expect(response.status).toBe(422);
      const status = response.json<{ reason: string; details: { kind: string; causes: { field: string }[] } }>();
      expect(status).toMatchObject({ reason: "Invalid", details: { kind: "ConfigMap" } });
      expect(new Set(status.details.causes.map((cause) => cause.field))).toContain(field);
    });

    it("that would reach a prototype, in every place", async () => {
      const evil = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}';
      for (const path of [MAPS, ROLLOUTS, widgetsOf("default")]) {
        for (const body of [
          `{${evil}}`,
          `{"metadata":{"name":"x",${evil}},${evil},"spec":{${evil}},"data":{"a":1}}`,
          `{"__proto__":{"metadata":{"name":"x"}}}`,
          `{"metadata":{"__proto__":{"name":"x"}}}`,
        ]) {
          const response = await post(body, JSON_TYPE, `${path}?dryRun=All`);
          expect([400, 422], `${path} ${body}`).toContain(response.status);
          expect(response.json()).toMatchObject({ kind: "Status", status: "Failure" });
        }
      }
      const prefixed = [
        [
          "PATCH",
          `${MAPS}/there`,
          MERGE_TYPE,
          '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
        ],
        ["PATCH", `${MAPS}/there`, MERGE_TYPE, '{"metadata":{"__proto__":{"polluted":true}}}'],
        ["PATCH", `${MAPS}/there`, JSON_PATCH_TYPE, '[{"op":"add","path":"/__proto__/polluted","value":true}]'],
        [
          "PATCH",
          `${MAPS}/there`,
          JSON_PATCH_TYPE,
          '[{"op":"add","path":"/constructor/prototype/polluted","value":true}]',
        ],
        ["PATCH", `${MAPS}/there`, JSON_PATCH_TYPE, '[{"op":"add","path":"/data/__proto__","value":{"polluted":"x"}}]'],
        ["PATCH", `${MAPS}/there`, JSON_PATCH_TYPE, '[{"op":"copy","from":"/__proto__","path":"/data/a"}]'],
        ["DELETE", `${MAPS}/there`, JSON_TYPE, '{"__proto__":{"dryRun":["All"]},"preconditions":{"uid":"x"}}'],
      ] as const;
      for (const [method, path, type, body] of prefixed) {
        const response = await send(method, path, type, body);
        if (method === "PATCH" && response.status === 200) {
          // Dropped as unknown fields: the object is as it was, which is checked after the test.
          expect(response.headers.warning, body).toContain("unknown field");
        } else expect([400, 409, 422], body).toContain(response.status);
      }
      for (const body of [
        "__proto__: {polluted: true}\n",
        "metadata: {__proto__: {polluted: true}, name: x}\ndata: {a: [b]}\n",
        "<<: {__proto__: {polluted: true}}\n",
      ]) {
        expect((await post(body, YAML_TYPE)).status).toBeGreaterThanOrEqual(400);
      }
    });
  });

  describe("queries", () => {
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
      const response = await server.request(`${MAPS}?${query}`);
      expect(response.json()).toMatchObject({ kind: "Status", status: "Failure", reason: "BadRequest", code: 400 });
      expect(response.status).toBe(400);
      const removal = await server.request(`${MAPS}?${query}`, { method: "DELETE" });
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
        expect((await server.request(`${MAPS}?${query}`)).status, query).toBeLessThan(500);
      }
    });
  });

  describe("paths", () => {
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
        const response = await server.request(path, { method, body });
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
      const response = await server.request(path);
      expect(response.status).toBe(404);
      if (response.headers["content-type"] === JSON_TYPE) {
        expect(response.json()).toMatchObject({ kind: "Status", reason: "NotFound", code: 404 });
      } else expect(response.text()).toBe("404 page not found\n");
    });

    it("of an absurd length end the connection", async () => {
      const connection = await RawConnection.open(rawTarget(server));
      connection.write(`GET /${"x".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
      // Bytes that nobody read may reset the connection before the client has seen the answer.
      expect(await connection.end()).toMatch(/^(HTTP\/1\.1 431 [\s\S]*)?$/);
    });

    it("may have NUL and other bytes in HTTP/1.1's request line, which is 400", async () => {
      for (const target of ["/api\0/v1", "/api/\x01", "/\x7f", "/a b"]) {
        const connection = await RawConnection.open(rawTarget(server));
        connection.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
        expect(await connection.end(), JSON.stringify(target)).toMatch(/^HTTP\/1\.1 40[04] /);
      }
    });
  });

  describe("slow clients", () => {
    it("with half a header or half a body hold up nobody, and leave nothing behind", async () => {
      const open = await Promise.all(Array.from({ length: 40 }, () => RawConnection.open(rawTarget(server))));
      for (const [index, connection] of open.entries()) {
        connection.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`);
        if (index % 2 === 0) continue;
        const body = `{"metadata":{"name":"slow-${index}"}}`;
        connection.write(`Content-Length: ${body.length}\r\n\r\n${body.slice(0, -1)}`);
      }
      for (let round = 0; round < 20; round++) expect((await server.request(MAPS)).status).toBe(200);
      for (const connection of open) expect(connection.received).toBe("");
      for (const connection of open) connection.close();
    });

    it("that go away in the middle of a body have written nothing", async () => {
      const gone = await RawConnection.open(rawTarget(server));
      const body = '{"metadata":{"name":"gone"}}';
      gone.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`);
      gone.close();
      const stream = await RawConnection.open(rawTarget(server));
      stream.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1c\r\n${body}\r\n`);
      stream.close();
      expect((await server.request(`${MAPS}/gone`)).status).toBe(404);
    });

    it("are answered when they come to the end at last", async () => {
      const slow = await RawConnection.open(rawTarget(server));
      for (const byte of `GET ${MAPS}/there HTTP/1.1\r\nHost: x\r\n\r\n`) {
        slow.write(byte);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(await slow.until(/"name":"there"/)).toMatch(/^HTTP\/1\.1 200 /);
      slow.close();
    });

    it("cannot smuggle a second request in a body", async () => {
      for (const heads of [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Transfer-Encoding: xchunked",
      ]) {
        const connection = await RawConnection.open(rawTarget(server));
        connection.write(
          `POST ${MAPS} HTTP/1.1\r\nHost: x\r\n${heads}\r\n\r\n0\r\n\r\nDELETE ${MAPS}/there HTTP/1.1\r\nHost: x\r\n\r\n`,
        );
        expect(await connection.end(), heads).toMatch(/^HTTP\/1\.1 400 [\s\S]*$/);
        expect(connection.received.match(/HTTP\/1\.1 /g), heads).toHaveLength(1);
      }
    });
  });

  it("of the wrong kind, or under another name than the URL's", async () => {
    const secret = '{"kind":"Secret","apiVersion":"v1","metadata":{"name":"x"}}';
    expectFailure(
      await post(secret),
      400,
      "BadRequest",
      'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (v1.ConfigMap): unknown conversion',
    );
    expectFailure(
      await send("PUT", `${MAPS}/there`, JSON_TYPE, '{"metadata":{"name":"other"}}'),
      400,
      "BadRequest",
      "the name of the object (other) does not match the name on the URL (there)",
    );
    expectFailure(
      await post('{"apiVersion":"a/b/c","kind":"ConfigMap"}'),
      400,
      "BadRequest",
      'the object provided is unrecognized (must be of type ConfigMap): unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c","kind":" ...)',
    );
    expect(objectOf(await server.request(`${MAPS}/there`)).data).toEqual({ a: "1" });
  });
});

describe("keys that look dangerous but are only data", () => {
  it("are stored and come back as they were", async () => {
    const server = await startExampleServer();
    const extensions = '{"__proto__":{"a":1},"constructor":{"prototype":2},"toString":"x","hasOwnProperty":null}';
    const body = `{"apiVersion":"delivery.example.com/v1","kind":"Rollout","metadata":{"name":"keys","annotations":{"constructor":"1","toString":"2"}},"spec":{"image":"a","env":{"__proto__":"p","constructor":"c","valueOf":"v"},"extensions":${extensions}}}`;
    const headers = { "content-type": JSON_TYPE };
    const made = await server.request(ROLLOUTS, { method: "POST", headers, body });
    expect(made.status).toBe(201);
    const read = (await server.request(`${ROLLOUTS}/keys`)).text();
    expect(read).toBe(made.text());
    expect(read).toContain('"env":{"__proto__":"p","constructor":"c","valueOf":"v"}');
    expect(read).toContain(
      '"extensions":{"__proto__":{"a":1},"constructor":{"prototype":2},"hasOwnProperty":null,"toString":"x"}',
    );
    const patch = '{"spec":{"env":{"__proto__":null,"hasOwnProperty":"h"},"extensions":{"__proto__":{"b":2}}}}';
    const patched = await server.request(`${ROLLOUTS}/keys`, {
      method: "PATCH",
      headers: { "content-type": MERGE_TYPE },
      body: patch,
    });
    expect(patched.status).toBe(200);
    expect(patched.text()).toContain('"env":{"constructor":"c","hasOwnProperty":"h","valueOf":"v"}');
    expect(patched.text()).toContain('"__proto__":{"a":1,"b":2}');
    expect(Object.keys(Object.prototype)).toEqual([]);
    await server.stop();
  });
});
