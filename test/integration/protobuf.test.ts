import { gunzipSync } from "node:zlib";
import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { messageShape } from "@quarterdeck/sdk";
import type { TestServer } from "@quarterdeck/testing";
import { sealObject } from "@quarterdeck/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nativeMessage } from "../../plugins/resources-kubernetes/src/facts/native-message.js";
import { create, createNamespace, listOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { protobufFrames } from "./support/protobuf-frames.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const PROTOBUF = "application/vnd.kubernetes.protobuf";
const PARTIAL = `${PROTOBUF};as=PartialObjectMetadata;v=v1;g=meta.k8s.io`;
const PARTIAL_LIST = `${PROTOBUF};as=PartialObjectMetadataList;v=v1;g=meta.k8s.io`;
const CONFIG_MAP = nativeMessage("core/v1.ConfigMap");
const STATUS = nativeMessage("meta/v1.Status");
const WIDGETS = "/apis/example.com/v1/namespaces/default/widgets";
const ACCEPTED =
  "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf";

function field(number: number, content: Buffer | string): Buffer {
  const length = Buffer.byteLength(content);
  const varint = length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
  return Buffer.concat([Buffer.from([number * 8 + 2, ...varint]), Buffer.from(content)]);
}

function listMessage(item: string) {
  return messageShape(`${item}List`, [
    { name: "metadata", number: 1, value: nativeMessage("meta/v1.ListMeta"), repeat: "one", zero: "keep" },
    { name: "items", number: 2, value: nativeMessage(item), repeat: "list", zero: "omit" },
  ]);
}

describe("protobuf", () => {
  let server: TestServer;
  let maps: string;
  let base: string;

  beforeAll(async () => {
    server = await startExampleServer();
    base = await createNamespace(server, "wire");
    maps = `${base}/configmaps`;
    const data = { z: "1", a: "grün" };
    await create(server, maps, { metadata: { name: "a", labels: { x: "1" } }, data, binaryData: { b: "AAE=" } });
    await create(server, maps, { metadata: { name: "b" }, immutable: false });
    await create(server, WIDGETS, {
      apiVersion: "example.com/v1",
      kind: "Widget",
      metadata: { name: "w" },
      spec: { size: 1 },
    });
  });
  afterAll(() => server.stop());

  function get(path: string, accept = PROTOBUF) {
    return server.request(path, { headers: { accept } });
  }

  async function same(path: string, message: Parameters<typeof sealObject>[0], accept = PROTOBUF): Promise<void> {
    const json = await server.request(path, { headers: { accept: accept.replaceAll(PROTOBUF, "application/json") } });
    const response = await get(path, accept);
    expect(response.headers["content-type"]).toBe(PROTOBUF);
    expect(response.status).toBe(json.status);
    expect(response.body.toString("hex")).toBe(sealObject(message, json.json<JsonObject>()).toString("hex"));
  }

  it("is what an object is in JSON", () => same(`${maps}/a`, CONFIG_MAP));

  it("is what a list is in JSON, page by page", async () => {
    await same(maps, listMessage("core/v1.ConfigMap"));
    await same(`${maps}?limit=1`, listMessage("core/v1.ConfigMap"));
    await same(`${base}/secrets`, listMessage("core/v1.Secret"));
  });

  it("is the metadata alone, of all kinds", async () => {
    const partial = messageShape("PartialObjectMetadata", [
      { name: "metadata", number: 1, value: nativeMessage("meta/v1.ObjectMeta"), repeat: "one", zero: "keep" },
    ]);
    const list = messageShape("PartialObjectMetadataList", [
      { name: "metadata", number: 1, value: nativeMessage("meta/v1.ListMeta"), repeat: "one", zero: "keep" },
      { name: "items", number: 2, value: partial, repeat: "list", zero: "omit" },
    ]);
    await same(`${maps}/a`, partial, PARTIAL);
    await same(`${WIDGETS}/w`, partial, PARTIAL);
    await same(maps, list, PARTIAL_LIST);
    await same(WIDGETS, list, PARTIAL_LIST);
  });

  it("is an error in it, too, of custom kinds as well", async () => {
    await same(`${maps}/missing`, STATUS);
    await same(`${WIDGETS}/w/nothing`, STATUS);
  });

  it("is compressed as JSON is", async () => {
    const large = { data: { text: "x".repeat(300_000) } };
    await create(server, maps, { metadata: { name: "large" }, ...large });
    const headers = { accept: PROTOBUF, "accept-encoding": "gzip" };
    for (const path of [`${maps}/large`, maps]) {
      const response = await server.request(path, { headers });
      expect(response.headers["content-encoding"]).toBe("gzip");
      expect(gunzipSync(response.body)).toEqual((await get(path)).body);
    }
    await server.request(`${maps}/large`, { method: "DELETE" });
  });

  it("is not what custom kinds and tables are in: 406, or another range that the client takes", async () => {
    for (const path of [WIDGETS, `${WIDGETS}/w`, `${WIDGETS}?watch=1`]) {
      const response = await get(path);
      expect(response.status, path).toBe(406);
      expect(response.body.includes(ACCEPTED), path).toBe(true);
    }
    expect((await get(WIDGETS, `${PROTOBUF},application/json`)).json()).toMatchObject({ kind: "WidgetList" });
    expect((await get(`${WIDGETS}/w/scale`)).status).toBe(406);
    const table = "as=Table;v=v1;g=meta.k8s.io";
    expect((await get(maps, `${PROTOBUF};${table}`)).status).toBe(406);
    expect((await get(maps, `${PROTOBUF};${table},application/json;${table}`)).json()).toMatchObject({ kind: "Table" });
    expect((await get(rolloutsOf("wire"))).status).toBe(406);
    expect((await get("/version")).status).toBe(406);
  });

  it("comes in and goes out for every write", async () => {
    const headers = { accept: PROTOBUF, "content-type": PROTOBUF };
    const body = sealObject(CONFIG_MAP, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "new" },
      data: { k: "v" },
    });
    const created = await server.request(maps, { method: "POST", headers, body });
    expect(created.status).toBe(201);
    const path = `${maps}/new`;
    const json = async (): Promise<KubeObject> => objectOf(await server.request(path));
    expect(created.body).toEqual(sealObject(CONFIG_MAP, await json()));
    const updated = await server.request(path, { method: "PUT", headers, body: created.body });
    expect(updated.body).toEqual(sealObject(CONFIG_MAP, await json()));
    const patch = { ...headers, "content-type": "application/merge-patch+json" };
    const patched = await server.request(path, { method: "PATCH", headers: patch, body: '{"data":{"k":"w"}}' });
    expect(patched.body).toEqual(sealObject(CONFIG_MAP, await json()));
    expect((await json()).data).toEqual({ k: "w" });
    const options = sealObject(nativeMessage("meta/v1.DeleteOptions"), {
      apiVersion: "v1",
      kind: "DeleteOptions",
      gracePeriodSeconds: 0,
    });
    const deleted = await server.request(path, { method: "DELETE", headers, body: options });
    expect(deleted.headers["content-type"]).toBe(PROTOBUF);
    expect(deleted.body.includes("Success")).toBe(true);
    expect((await server.request(path)).status).toBe(404);
  });

  it("is refused as input of custom kinds", async () => {
    const headers = { "content-type": PROTOBUF };
    expect((await server.request(WIDGETS, { method: "POST", headers, body: "k8s\0" })).status).toBe(415);
    expect((await server.request(rolloutsOf("wire"), { method: "POST", body: rollout("r") })).status).toBe(201);
  });

  it("is a watch of frames: initial events, changes, bookmarks, and what went wrong", async () => {
    const { resourceVersion } = listOf(await server.request(maps)).metadata;
    const query = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    const open = await server.open(`${maps}?${query}`, { headers: { accept: `${PROTOBUF};stream=watch` } });
    expect(open.headers["content-type"]).toBe(`${PROTOBUF};stream=watch`);
    const frames = protobufFrames(open);
    const expectEvent = async (type: string, object: JsonObject): Promise<void> => {
      const raw = sealObject(CONFIG_MAP, object);
      const { value } = await frames.next();
      expect(Buffer.from(value ?? "").toString("hex")).toBe(
        Buffer.concat([field(1, type), field(2, field(1, raw))]).toString("hex"),
      );
    };
    for (const name of ["a", "b"]) await expectEvent("ADDED", objectOf(await server.request(`${maps}/${name}`)));
    const annotations = { "k8s.io/initial-events-end": "true" };
    const bookmark = { apiVersion: "v1", kind: "ConfigMap", metadata: { resourceVersion, annotations } };
    await expectEvent("BOOKMARK", bookmark);
    const made = await create(server, maps, { metadata: { name: "c" } });
    await expectEvent("ADDED", made);
    open.close();

    const old = await server.open(`${maps}?watch=1&resourceVersion=1`, { headers: { accept: PARTIAL } });
    const { value } = await protobufFrames(old).next();
    const first = Buffer.from(value ?? "");
    if (first.subarray(2).toString().startsWith("ERROR")) expect(first.includes("Expired")).toBe(true);
    else expect(first.includes("PartialObjectMetadata")).toBe(true);
    old.close();
  });
});
