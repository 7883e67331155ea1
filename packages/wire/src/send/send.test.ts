import { type Status, StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { parseYaml } from "../decode/parse-yaml.js";
import { negotiate } from "../negotiate/negotiate.js";
import { encodedOf, overHttp1, overHttp2, rollout, v1, v1beta1 } from "../testing/wire.fixture.js";
import type { Response } from "./response.js";
import { sendBytes } from "./send-bytes.js";
import { sendJson } from "./send-json.js";
import { sendObject } from "./send-object.js";
import { sendStatus } from "./send-status.js";
import { warningHeaders } from "./warning-headers.js";

const one = encodedOf(rollout("a", { image: "<a>" }), 5);
const big = encodedOf(rollout("big", { text: "x".repeat(200_000) }), 5);

describe("sendObject", () => {
  const send = (headers = {}, version = v1, encoded = one) =>
    overHttp1((context) => sendObject(context, 201, version, negotiate(context, "object"), encoded), headers);

  it("sends the shared bytes, on both protocols", async () => {
    const answer = await send();
    expect(answer.status).toBe(201);
    expect(answer.raw.equals(one.bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      "content-type": "application/json",
      "content-length": String(one.bytes.length),
      "cache-control": "no-cache, private",
    });
    const two = await overHttp2((context) => sendObject(context, 200, v1, negotiate(context, "object"), one));
    expect(two.raw.equals(one.bytes)).toBe(true);
    expect(two.headers["content-length"]).toBe(String(one.bytes.length));
  });

  it("sends other versions and forms", async () => {
    expect(JSON.parse((await send({}, v1beta1)).text)).toMatchObject({
      apiVersion: "example.com/v1beta1",
      metadata: { resourceVersion: "5" },
    });
    expect((await send({ "user-agent": "curl/8" })).text).toBe(
      JSON.stringify(one.object, null, 2).replace("<a>", "\\u003ca\\u003e"),
    );
    expect(parseYaml((await send({ accept: "application/yaml" })).raw).value).toEqual(one.object);
    const partial = await send({ accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io" });
    expect(JSON.parse(partial.text)).toEqual({
      kind: "PartialObjectMetadata",
      apiVersion: "meta.k8s.io/v1",
      metadata: one.object.metadata,
    });
    const table = await send({ accept: "application/json;as=Table;v=v1;g=meta.k8s.io" });
    expect(JSON.parse(table.text)).toMatchObject({
      kind: "Table",
      metadata: { resourceVersion: "5" },
      rows: [{ cells: ["a", expect.any(String)] }],
    });
  });

  it("compresses large ones", async () => {
    const answer = await send({ "accept-encoding": "gzip" }, v1, big);
    expect(answer.headers).toMatchObject({ "content-encoding": "gzip", "content-length": String(answer.raw.length) });
    expect(answer.text).toBe(big.bytes.toString("utf8"));
    expect((await send({}, v1, big)).headers["content-encoding"]).toBeUndefined();
  });

  it("keeps headers set before and adds warnings", async () => {
    const answer = await overHttp1(
      (context) => {
        context.set("Audit-Id", "x");
        context.set("Cache-Control", "public");
        return sendObject(context, 200, v1, negotiate(context, "object"), one);
      },
      {},
      "/",
      ['unknown field "é"', 'unknown field "é"', "b"],
    );
    expect(answer.headers).toMatchObject({ "audit-id": "x", "cache-control": "public" });
    expect(Buffer.from(String(answer.headers.warning), "latin1").toString("utf8")).toBe(
      '299 - "unknown field \\"é\\"", 299 - "b"',
    );
  });
});

describe("warningHeaders", () => {
  it("cannot be made to split headers", () => {
    expect(warningHeaders(["a\r\nX: y\u0085\u0000\\"])).toEqual(['299 - "a  X: y  \\\\"']);
  });

  it("cuts texts when there are too many", () => {
    const texts = Array.from({ length: 40 }, (_, index) => `${index}:${"x".repeat(300)}`);
    const headers = warningHeaders(texts);
    expect(headers).toHaveLength(16);
    expect(headers[0]).toHaveLength(256 + '299 - ""'.length);
    expect(warningHeaders(texts.slice(0, 10)).map((header) => header.length)).toContain(302 + '299 - ""'.length);
  });
});

describe("sendStatus", () => {
  const notFound = StatusError.notFound({ group: "", resource: "configmaps" }, "a<").status;
  const compact =
    '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"configmaps \\"a\\u003c\\" not found","reason":"NotFound","details":{"name":"a\\u003c","kind":"configmaps"},"code":404}';

  it.each([
    ["", compact],
    ["application/json;as=Table;v=v1;g=meta.k8s.io,application/json", compact],
    ["text/html", JSON.stringify(notFound, null, 2).replaceAll("<", "\\u003c")],
  ])("answers Accept %j", async (accept, text) => {
    const answer = await overHttp1((context) => sendStatus(context, notFound), accept === "" ? {} : { accept });
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.text).toBe(text);
  });

  it("speaks YAML, names delays, and answers HEAD without a body", async () => {
    const busy: Status = StatusError.tooManyRequests("later", 3).status;
    const answer = await overHttp1((context) => sendStatus(context, busy), { accept: "application/yaml" });
    expect(parseYaml(answer.raw).value).toEqual(busy);
    expect(answer.headers["retry-after"]).toBe("3");
    const head = await overHttp1((context) => sendStatus(context, busy), {}, "/", [], "HEAD");
    expect([head.status, head.raw.length]).toEqual([429, 0]);
  });

  it("cuts an answer that has begun, and leaves an ended one", async () => {
    await expect(
      overHttp1((context) => {
        const response: Response = context.res;
        response.writeHead(200, { "Content-Type": "text/plain" });
        response.write(Buffer.from("half"));
        sendStatus(context, notFound);
      }),
    ).rejects.toThrow();
    const ended = await overHttp1((context) => {
      context.res.end("whole");
      sendStatus(context, notFound);
    });
    expect(ended.text).toBe("whole");
  });
});

describe("sendJson and sendBytes", () => {
  it("answers documents as JSON and YAML, and refuses the rest", async () => {
    const document = { kind: "APIGroup", name: "<x>" };
    expect((await overHttp1((context) => sendJson(context, 200, document))).text).toBe(
      '{"kind":"APIGroup","name":"\\u003cx\\u003e"}',
    );
    const yaml = await overHttp1((context) => sendJson(context, 200, document), { accept: "application/yaml" });
    expect(yaml.text).toBe('kind: APIGroup\nname: "<x>"\n');
    await expect(overHttp1((context) => sendJson(context, 200, document), { accept: "text/html" })).rejects.toThrow(
      "only the following media types are accepted: application/json, application/yaml",
    );
    const preset = await overHttp1(
      (context) => {
        context.set("Content-Type", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        return sendJson(context, 200, document);
      },
      { accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList" },
    );
    expect(preset.headers["content-type"]).toBe("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
  });

  it("sends bytes, compressed when large and wanted, and nothing with 304", async () => {
    const bytes = Buffer.from("y".repeat(300_000));
    const send = (code: number, body: Buffer, headers = {}) =>
      overHttp1((context) => sendBytes(context, code, { "Content-Type": "text/plain", ETag: '"1"' }, body), headers);
    const gzip = await send(200, bytes, { "accept-encoding": "gzip" });
    expect(gzip.headers).toMatchObject({ "content-encoding": "gzip", etag: '"1"', "content-type": "text/plain" });
    expect(gzip.text).toBe(bytes.toString());
    expect((await send(200, bytes)).raw.equals(bytes)).toBe(true);
    const unchanged = await send(304, Buffer.alloc(0));
    expect([unchanged.status, unchanged.headers["content-length"]]).toEqual([304, undefined]);
    const two = await overHttp2((context) => sendBytes(context, 200, { "Content-Type": "text/plain" }, bytes), {
      ":method": "HEAD",
    });
    expect([two.raw.length, two.headers["content-length"]]).toEqual([0, "300000"]);
  });
});
