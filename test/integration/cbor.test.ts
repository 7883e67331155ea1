import type { JsonObject } from "@quarterdeck/meta";
import type { TestServer } from "@quarterdeck/testing";
import { decodeCbor, encodeCbor } from "@quarterdeck/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, createNamespace, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";

const CBOR = "application/cbor";
const WIDGETS = "/apis/example.com/v1/namespaces/default/widgets";
const HEADERS = { accept: CBOR, "content-type": CBOR };

describe("CBOR", () => {
  let server: TestServer;
  let maps: string;

  beforeAll(async () => {
    server = await startExampleServer({ server: { cbor: true } });
    maps = `${await createNamespace(server, "wire")}/configmaps`;
    await create(server, maps, { metadata: { name: "a" }, data: { z: "1", a: "grün" }, binaryData: { b: "AAE=" } });
    await create(server, maps, { metadata: { name: "b" } });
  });
  afterAll(() => server.stop());

  const get = (path: string, accept = CBOR) => server.request(path, { headers: { accept } });

  it.each([
    ["an object", "/a", ""],
    ["a list", "", ""],
    ["a page of a list", "?limit=1", ""],
    ["a list without items", "?labelSelector=no=thing", ""],
    ["a list of metadata", "", ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"],
    ["an error", "/missing", ""],
  ])("is what JSON is: %s", async (_what, path, parameters) => {
    const response = await get(`${maps}${path}`, `${CBOR}${parameters}`);
    const json = await get(`${maps}${path}`, `application/json${parameters}`);
    expect(response.headers["content-type"]).toBe(CBOR);
    expect(response.status).toBe(json.status);
    expect(response.body.toString("hex")).toBe(encodeCbor(json.json()).toString("hex"));
  });

  it("is a table and discovery, too", async () => {
    const table = decodeCbor((await get(maps, `${CBOR};as=Table;g=meta.k8s.io;v=v1`)).body);
    expect(table).toMatchObject({ kind: "Table", rows: [{}, {}], columnDefinitions: expect.any(Array) });
    expect(decodeCbor((await get("/api/v1")).body)).toMatchObject({ kind: "APIResourceList" });
    const aggregated = await get("/apis", `${CBOR};g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList`);
    expect(aggregated.headers["content-type"]).toBe(`${CBOR};g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList`);
    expect(decodeCbor(aggregated.body)).toMatchObject({ kind: "APIGroupDiscoveryList" });
  });

  it("is named where it could have been sent or asked for", async () => {
    const patches = "application/json-patch+json, application/merge-patch+json";
    const applies = "application/apply-patch+yaml, application/apply-patch+cbor";
    const unknown = "the body of the request was in an unknown format - accepted media types include: ";
    const patch = (path: string) =>
      server.request(path, { method: "PATCH", headers: { "content-type": "text/plain" }, body: "x" });
    const typed = `${unknown}${patches}, application/strategic-merge-patch+json, ${applies}`;
    expectFailure(await patch(`${maps}/a`), 415, "UnsupportedMediaType", typed);
    const custom = `${unknown}${patches}, ${applies}`;
    for (const path of ["/w", "/w/scale"]) {
      expectFailure(await patch(`${WIDGETS}${path}`), 415, "UnsupportedMediaType", custom);
    }
    const document = (await server.request("/openapi/v3/api/v1")).text();
    for (const type of [CBOR, "application/cbor-seq", "application/apply-patch+cbor"]) {
      expect(document).toContain(JSON.stringify(type));
    }
  });

  it("comes in and goes out for kinds of all sorts", async () => {
    const object = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" }, spec: { size: 1 } };
    const created = await server.request(WIDGETS, { method: "POST", headers: HEADERS, body: encodeCbor(object) });
    expect(created.status).toBe(201);
    expect(decodeCbor(created.body)).toMatchObject(object);
    const apply = { ...HEADERS, "content-type": "application/apply-patch+cbor" };
    const body = encodeCbor({ ...object, spec: { size: 2 } });
    const path = `${WIDGETS}/w?fieldManager=f&force=true`;
    const applied = await server.request(path, { method: "PATCH", headers: apply, body });
    expect(decodeCbor(applied.body)).toMatchObject({ spec: { size: 2 } });
    expect(objectOf(await server.request(`${WIDGETS}/w`)).metadata.managedFields).toHaveLength(2);
    const options = encodeCbor({ apiVersion: "v1", kind: "DeleteOptions" });
    const deleted = await server.request(`${WIDGETS}/w`, { method: "DELETE", headers: HEADERS, body: options });
    expect(decodeCbor(deleted.body)).toMatchObject({ kind: "Status", status: "Success" });
  });

  it("is refused when it is malformed", async () => {
    const refused = async (body: Buffer): Promise<JsonObject> => {
      const response = await server.request(maps, { method: "POST", headers: HEADERS, body });
      expect(response.status).toBe(400);
      return Object(decodeCbor(response.body));
    };
    for (const hex of ["", "d9d9f7", "a1", "bf", "a2416101416102", "fb7ff8000000000000", "c24101", "5f", "81", "ff"]) {
      expect(await refused(Buffer.from(hex, "hex")), hex).toMatchObject({ kind: "Status", reason: "BadRequest" });
    }
    expect((await refused(Buffer.alloc(3_000_000, 0x81))).message).toContain("max nested level");
  });

  it("is a watch of items one after the other", async () => {
    const open = await server.open(`${maps}?watch=1&fieldSelector=metadata.name=a`, { headers: { accept: CBOR } });
    expect(open.headers["content-type"]).toBe("application/cbor-seq");
    const object = objectOf(await server.request(`${maps}/a`));
    const expected = encodeCbor({ type: "ADDED" });
    for await (const chunk of open.stream) {
      const event = Buffer.from(chunk);
      // The map has two entries, and the object a tag of its own.
      expect(event.subarray(0, 3)).toEqual(expected.subarray(0, 3));
      expect(event[3]).toBe(0xa2);
      expect(event.subarray(4, expected.length)).toEqual(expected.subarray(4));
      expect(decodeCbor(event)).toEqual({ type: "ADDED", object });
      break;
    }
    open.close();
  });

  it("is nothing that a server speaks without the switch", async () => {
    const other = await startExampleServer();
    try {
      const accepted = await other.request("/api/v1/namespaces", { headers: { accept: CBOR } });
      expect(accepted.status).toBe(406);
      expect(accepted.text()).not.toContain("cbor");
      for (const type of [CBOR, "application/apply-patch+cbor"]) {
        const method = type === CBOR ? "POST" : "PATCH";
        const path = type === CBOR ? "/api/v1/namespaces" : "/api/v1/namespaces/default?fieldManager=f";
        const headers = { "content-type": type };
        expect((await other.request(path, { method, headers, body: encodeCbor({}) })).status, type).toBe(415);
      }
    } finally {
      await other.stop();
    }
  });
});
