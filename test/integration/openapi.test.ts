import { gunzipSync } from "node:zlib";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExampleServer } from "./support/example-server.js";

interface Document {
  readonly openapi?: string;
  readonly swagger?: string;
  readonly paths: { readonly [path: string]: object };
  readonly definitions?: { readonly [name: string]: object };
  readonly components?: { readonly schemas: { readonly [name: string]: object } };
}

describe("OpenAPI", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  it("v3 has an index whose addresses carry the hash of their document", async () => {
    const index = (await server.request("/openapi/v3")).json<{
      paths: { [name: string]: { serverRelativeURL: string } };
    }>();
    expect(Object.keys(index.paths)).toEqual(
      expect.arrayContaining(["api/v1", "apis/delivery.example.com/v1", "apis/delivery.example.com/v1beta1"]),
    );
    for (const [name, { serverRelativeURL }] of Object.entries(index.paths)) {
      expect(serverRelativeURL).toMatch(new RegExp(`^/openapi/v3/${name}\\?hash=[0-9A-F]{128}$`));
      const document = await server.request(serverRelativeURL);
      expect(document.status).toBe(200);
      expect(document.headers["cache-control"]).toBe("public, immutable");
      expect(document.headers.etag).toBe(`"${serverRelativeURL.split("hash=")[1]}"`);
      expect(document.json<Document>().openapi).toMatch(/^3\.0/);
    }
  });

  it("v3 describes a group with its paths and schemas", async () => {
    const response = await server.request("/openapi/v3/apis/delivery.example.com/v1");
    const document = response.json<Document>();
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        "/apis/delivery.example.com/v1/environments",
        "/apis/delivery.example.com/v1/namespaces/{namespace}/rollouts",
        "/apis/delivery.example.com/v1/namespaces/{namespace}/rollouts/{name}",
        "/apis/delivery.example.com/v1/namespaces/{namespace}/rollouts/{name}/restart",
        "/apis/delivery.example.com/v1/namespaces/{namespace}/rollouts/{name}/scale",
        "/apis/delivery.example.com/v1/namespaces/{namespace}/rollouts/{name}/status",
        "/apis/delivery.example.com/v1/rollouts",
      ]),
    );
    const rollout = Object.values(document.components?.schemas ?? {}).find(
      (schema) =>
        JSON.stringify(Object(schema)["x-kubernetes-group-version-kind"]) ===
        '[{"group":"delivery.example.com","kind":"Rollout","version":"v1"}]',
    );
    expect(rollout).toMatchObject({
      type: "object",
      properties: { apiVersion: { type: "string" }, kind: { type: "string" }, metadata: {}, spec: {}, status: {} },
    });
  });

  it("v3 sends no hash's cache header without the hash, and 304 to those who have the document", async () => {
    const path = "/openapi/v3/api/v1";
    const first = await server.request(path);
    expect(first.headers["cache-control"]).not.toContain("immutable");
    const again = await server.request(path, { headers: { "if-none-match": first.headers.etag ?? "" } });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  it("v2 is one swagger document of everything", async () => {
    const response = await server.request("/openapi/v2");
    expect(response.headers["content-type"]).toBe("application/json");
    const document = response.json<Document>();
    expect(document.swagger).toBe("2.0");
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        "/api/v1/namespaces/{namespace}/configmaps/{name}",
        "/apis/delivery.example.com/v1beta1/rollouts",
        "/apis/delivery.example.com/v1/namespaces/{namespace}/rollouts/{name}/restart",
      ]),
    );
    const names = Object.keys(document.definitions ?? {});
    expect(names.some((name) => name.endsWith(".ConfigMap"))).toBe(true);
    for (const [, reference] of response.text().matchAll(/"\$ref":\s*"#\/definitions\/([^"]+)"/g)) {
      expect(names).toContain(reference);
    }
    const again = await server.request("/openapi/v2", { headers: { "if-none-match": response.headers.etag ?? "" } });
    expect(again.status).toBe(304);
  });

  it("v2 has a protobuf form for older clients, and comes compressed", async () => {
    const accept = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    const protobuf = await server.request("/openapi/v2", { headers: { accept } });
    expect(protobuf.status).toBe(200);
    expect(protobuf.headers["content-type"]).toContain("protobuf");
    // Field 1 of the document is the string "2.0".
    expect(protobuf.body.subarray(0, 5)).toEqual(Buffer.from([0x0a, 3, 0x32, 0x2e, 0x30]));
    const packed = await server.request("/openapi/v2", { headers: { "accept-encoding": "gzip" } });
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(JSON.parse(gunzipSync(packed.body).toString())).toEqual((await server.request("/openapi/v2")).json());
  });

  it("answers 404 for a group that is not there", async () => {
    const response = await server.request("/openapi/v3/apis/unknown.example.com/v1");
    expect(response.status).toBe(404);
    expect(response.text()).toBe("404 page not found\n");
  });
});
