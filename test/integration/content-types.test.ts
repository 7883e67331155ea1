import { gunzipSync } from "node:zlib";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { create, createNamespace, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
const PARTIAL = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
const PARTIAL_LIST = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

describe("content types", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
    await create(server, MAPS, { metadata: { name: "a", labels: { x: "1" } }, data: { k: "v", other: "w" } });
  });
  afterAll(() => server.stop());

  function get(path: string, headers: { readonly [name: string]: string } = {}) {
    return server.request(path, { headers });
  }

  describe("of what comes in", () => {
    it("takes YAML", async () => {
      const body =
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\ndata:\n  a: 'yes'\n  b: |\n    two\n    lines\n";
      const headers = { "content-type": "application/yaml" };
      const response = await server.request(MAPS, { method: "POST", headers, body });
      expect(response.status).toBe(201);
      expect(objectOf(response).data).toEqual({ a: "yes", b: "two\nlines\n" });
    });

    it("takes a body without a type for JSON", async () => {
      const body = JSON.stringify({ metadata: { name: "untyped" } });
      expect((await server.request(MAPS, { method: "POST", body })).status).toBe(201);
    });

    it.each(["text/plain", "application/xml", "application/cbor", "application/x-www-form-urlencoded", "nonsense"])(
      "answers 415 to %s",
      async (type) => {
        for (const method of ["POST", "PUT", "DELETE"]) {
          const path = method === "POST" ? MAPS : `${MAPS}/a`;
          const response = await server.request(path, { method, headers: { "content-type": type }, body: "x=y" });
          expect(response.status, method).toBe(415);
          expect(response.json(), method).toMatchObject({
            kind: "Status",
            reason: "UnsupportedMediaType",
            code: 415,
            message: expect.stringMatching(
              /^the body of the request was in an unknown format - accepted media types include: application\/json, application\/yaml/,
            ),
          });
        }
        expect((await get(`${MAPS}/a`)).status).toBe(200);
      },
    );
  });

  describe("of what goes out", () => {
    it("gives YAML", async () => {
      const response = await get(`${MAPS}/a`, { accept: "application/yaml" });
      expect(response.headers["content-type"]).toBe("application/yaml");
      expect(parse(response.text())).toEqual(objectOf(await get(`${MAPS}/a`)));
      const missing = await get(`${MAPS}/none`, { accept: "application/yaml" });
      expect(missing.status).toBe(404);
      expect(missing.headers["content-type"]).toBe("application/yaml");
      expect(parse(missing.text())).toMatchObject({ kind: "Status", reason: "NotFound" });
      const list = await get(MAPS, { accept: "application/yaml" });
      expect(parse(list.text())).toEqual((await get(MAPS)).json());
    });

    it("prints pretty for people and on demand", async () => {
      const compact = (await get(`${MAPS}/a`, { "user-agent": "x" })).text();
      const pretty = `${JSON.stringify(JSON.parse(compact), null, 2)}`;
      expect(compact).not.toContain("\n  ");
      for (const agent of ["curl/8.5.0", "Wget/1.21", "Mozilla/5.0 (X11)"]) {
        expect((await get(`${MAPS}/a`, { "user-agent": agent })).text().trimEnd()).toBe(pretty);
      }
      expect((await get(`${MAPS}/a?pretty=true`)).text().trimEnd()).toBe(pretty);
      expect((await get(`${MAPS}/a?pretty=false`, { "user-agent": "curl/8.5.0" })).text()).toBe(compact);
      expect((await get(`${MAPS}/none`, { "user-agent": "curl/8" })).text()).toContain('\n  "kind": "Status"');
    });

    it.each([
      "*/*",
      "application/*",
      "application/json",
      "text/html, application/json;q=0.5",
      "application/xml;q=0.9, */*;q=0.1",
      "application/vnd.unknown, application/json",
    ])("answers JSON to Accept: %s", async (accept) => {
      const response = await get(`${MAPS}/a`, { accept });
      expect(response.status).toBe(200);
      expect(response.headers["content-type"]).toBe("application/json");
    });

    it.each(["text/html", "application/cbor", "image/*", "application/json;as=Odd;v=v1;g=meta.k8s.io"])(
      "answers 406 to Accept: %s",
      async (accept) => {
        const response = await get(`${MAPS}/a`, { accept });
        expect(response.status).toBe(406);
        expect(response.headers["content-type"]).toBe("application/json");
        expect(response.json()).toEqual({
          kind: "Status",
          apiVersion: "v1",
          metadata: {},
          status: "Failure",
          message: expect.stringMatching(
            /^only the following media types are accepted: application\/json, application\/yaml/,
          ),
          reason: "NotAcceptable",
          code: 406,
        });
      },
    );

    it("does not write what it could not answer", async () => {
      const response = await server.request(MAPS, {
        method: "POST",
        headers: { accept: "text/html" },
        body: { metadata: { name: "unanswerable" } },
      });
      expect(response.status).toBe(406);
      expect((await get(`${MAPS}/unanswerable`)).status).toBe(404);
    });
  });

  describe("gzip", () => {
    it("compresses answers above 128 KiB for those who accept it", async () => {
      await create(server, MAPS, { metadata: { name: "big" }, data: { x: "x".repeat(200_000) } });
      const plain = await get(`${MAPS}/big`);
      expect(plain.headers).not.toHaveProperty("content-encoding");
      const packed = await get(`${MAPS}/big`, { "accept-encoding": "gzip" });
      expect(packed.headers["content-encoding"]).toBe("gzip");
      expect(packed.headers.vary).toContain("Accept-Encoding");
      expect(packed.body.length).toBeLessThan(10_000);
      expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
      const list = await get(MAPS, { "accept-encoding": "gzip" });
      expect(list.headers["content-encoding"]).toBe("gzip");
      expect(JSON.parse(gunzipSync(list.body).toString())).toEqual((await get(MAPS)).json());
      const small = await get(`${MAPS}/a`, { "accept-encoding": "gzip" });
      expect(small.headers).not.toHaveProperty("content-encoding");
      const refused = await get(`${MAPS}/big`, { "accept-encoding": "gzip;q=0, br" });
      expect(refused.headers).not.toHaveProperty("content-encoding");
    });
  });

  describe("Table", () => {
    it("gives the columns of the class, one object or many", async () => {
      const rollouts = rolloutsOf("default");
      await create(server, rollouts, rollout("web", { replicas: 3 }));
      const table = (await get(rollouts, { accept: TABLE })).json<{
        columnDefinitions: { name: string; priority: number }[];
      }>();
      expect(table).toMatchObject({
        kind: "Table",
        apiVersion: "meta.k8s.io/v1",
        metadata: { resourceVersion: expect.any(String) },
        rows: [
          {
            cells: ["web", 3, "Pending", "web:1", expect.stringMatching(/^\d+s$/)],
            object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: { name: "web" } },
          },
        ],
      });
      expect(table.columnDefinitions.map(({ name, priority }) => `${name} ${priority}`)).toEqual([
        "Name 0",
        "Replicas 0",
        "Phase 0",
        "Image 1",
        "Age 0",
      ]);
      const one = (await get(`${rollouts}/web`, { accept: TABLE })).json();
      expect(one).toMatchObject({
        kind: "Table",
        rows: [{ cells: ["web", 3, "Pending", "web:1", expect.stringMatching(/^\d+s$/)] }],
      });
    });

    it("gives Name and what is there for native kinds, and objects as far as asked", async () => {
      const namespaces = (await get("/api/v1/namespaces/default", { accept: TABLE })).json();
      expect(namespaces).toMatchObject({
        columnDefinitions: [{ name: "Name", format: "name" }, { name: "Status" }, { name: "Age" }],
        rows: [{ cells: ["default", "Active", expect.stringMatching(/^\d+s$/)] }],
      });
      const none = (await get(`${MAPS}/a?includeObject=None`, { accept: TABLE })).json();
      expect(none).toMatchObject({ rows: [{ cells: ["a", 2, expect.any(String)], object: null }] });
      const whole = (await get(`${MAPS}/a?includeObject=Object`, { accept: TABLE })).json();
      expect(whole).toMatchObject({ rows: [{ object: { kind: "ConfigMap", data: { k: "v" } } }] });
      const odd = await get(`${MAPS}/a?includeObject=Some`, { accept: TABLE });
      expectFailure(
        odd,
        400,
        "BadRequest",
        "Unable to convert to Table as requested: includeObject: Invalid value: \"Some\": must be 'Metadata', 'Object', 'None', or empty",
      );
    });

    it("falls back as the client says, and leaves errors as they are", async () => {
      const accept = `${TABLE}, application/json`;
      expect((await get(`${MAPS}/none`, { accept })).json()).toMatchObject({ kind: "Status", code: 404 });
      expect((await get("/api/v1/namespaces/default/configmaps/a", { accept })).json()).toMatchObject({
        kind: "Table",
      });
    });
  });

  describe("PartialObjectMetadata", () => {
    it("gives metadata alone", async () => {
      const { metadata } = objectOf(await get(`${MAPS}/a`));
      expect((await get(`${MAPS}/a`, { accept: PARTIAL })).json()).toEqual({
        kind: "PartialObjectMetadata",
        apiVersion: "meta.k8s.io/v1",
        metadata,
      });
      const namespace = await createNamespace(server, "partial");
      const made = await create(server, `${namespace}/configmaps`, { metadata: { name: "one" }, data: { a: "1" } });
      expect((await get(`${namespace}/configmaps`, { accept: PARTIAL_LIST })).json()).toEqual({
        kind: "PartialObjectMetadataList",
        apiVersion: "meta.k8s.io/v1",
        metadata: { resourceVersion: expect.any(String) },
        items: [{ kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: made.metadata }],
      });
    });

    it("is not the one for the other", async () => {
      expectFailure(
        await get(MAPS, { accept: PARTIAL }),
        406,
        "NotAcceptable",
        "you requested PartialObjectMetadata, but the requested object is a list",
      );
      expectFailure(
        await get(`${MAPS}/a`, { accept: PARTIAL_LIST }),
        406,
        "NotAcceptable",
        "you requested PartialObjectMetadataList, but the requested object is not a list",
      );
    });
  });
});
