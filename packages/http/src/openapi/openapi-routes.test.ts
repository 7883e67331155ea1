import { gunzipSync } from "node:zlib";
import { StatusError } from "@quarterdeck/meta";
import { beforeAll, describe, expect, it } from "vitest";
import type { RecordedRequest } from "../discovery/request-context.fixture.js";
import { recordRequest } from "../discovery/request-context.fixture.js";
import { CONFIG_MAPS, ROLLOUTS } from "../discovery/rollout.fixture.js";
import { createOpenApi } from "./openapi-routes.js";

const routes = createOpenApi([CONFIG_MAPS, ROLLOUTS], { title: "Test", version: "v0" });
const PROTOBUF = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

async function get(address: string, headers: { [name: string]: string } = {}): Promise<RecordedRequest> {
  const request = recordRequest(address, headers);
  expect(await routes.handle(request.context)).toBe(true);
  return request;
}

describe("/openapi/v3", () => {
  let address = "";

  beforeAll(async () => {
    const index = await get("/openapi/v3");
    const { paths } = JSON.parse(index.body().toString());
    expect(Object.keys(paths)).toEqual(["api/v1", "apis/delivery.example.com/v1", "apis/delivery.example.com/v1beta1"]);
    address = paths["apis/delivery.example.com/v1"].serverRelativeURL;
  });

  it("leads to documents that may be kept for ever", async () => {
    expect(address).toMatch(/^\/openapi\/v3\/apis\/delivery\.example\.com\/v1\?hash=[0-9A-F]{128}$/);
    const request = await get(`${address}&timeout=32s`, { Accept: "application/json" });
    expect(request.header("cache-control")).toBe("public, immutable");
    expect(request.header("vary")).toBe("Accept");
    expect(request.header("etag")).toBe(`"${address.split("hash=")[1]}"`);
    const days = (Date.parse(request.header("expires") ?? "") - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(365);
    expect(JSON.parse(request.body().toString()).openapi).toBe("3.0.0");
  });

  it("redirects from an old hash to the present one", async () => {
    const request = await get("/openapi/v3/apis/delivery.example.com/v1?hash=OLD");
    expect(request.context.status).toBe(301);
    expect(request.header("location")).toBe(address);
    expect(request.body().length).toBe(0);
    expect(request.header("cache-control")).toBe("no-cache, private");
  });

  it("answers 304 to the ETag, with and without the hash", async () => {
    const plain = await get("/openapi/v3/apis/delivery.example.com/v1");
    expect(plain.header("cache-control")).toBe("no-cache, private");
    const etag = plain.header("etag") ?? "";
    for (const path of [address, "/openapi/v3/apis/delivery.example.com/v1"]) {
      const again = await get(path, { "If-None-Match": etag });
      expect(again.context.status).toBe(304);
      expect(again.body().length).toBe(0);
    }
  });

  it("leaves unknown versions to others", async () => {
    for (const path of [
      "/openapi/v3/apis/nope/v1",
      "/openapi/v3/apis/delivery.example.com/v1alpha1",
      "/openapi",
      "/openapi/v4",
    ]) {
      const request = recordRequest(path);
      expect(await routes.handle(request.context)).toBe(false);
      expect(request.header("vary")).toBeUndefined();
    }
  });

  it("refuses other methods and media types", async () => {
    const refused = async (headers: { [name: string]: string }, method: string): Promise<unknown> =>
      routes.handle(recordRequest("/openapi/v3/api/v1", headers, method).context).then(
        () => undefined,
        (error: unknown) => (StatusError.is(error) ? error.code : error),
      );
    expect(await refused({}, "POST")).toBe(405);
    expect(await refused({ Accept: "text/html" }, "GET")).toBe(406);
    expect(await refused({}, "HEAD")).toBeUndefined();
  });
});

describe("the protobuf form of /openapi/v3", () => {
  it("is answered under both of its names, with the ETag of JSON", async () => {
    const type = "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";
    const etag = (await get("/openapi/v3/api/v1")).header("etag") ?? "";
    for (const accept of [type, type.replace("v3.v1", "v3@v1")]) {
      const request = await get("/openapi/v3/api/v1", { Accept: accept });
      expect(request.header("content-type")).toBe(type);
      expect(request.header("etag")).toBe(etag);
      expect(request.body().subarray(0, 7).toString()).toBe("\n\u00053.0.0");
      const again = await get("/openapi/v3/api/v1", { Accept: accept, "If-None-Match": etag });
      expect(again.context.status).toBe(304);
    }
  });
});

describe("/openapi/v2", () => {
  it("answers with Swagger 2.0 in JSON", async () => {
    const request = await get("/openapi/v2", { Accept: "application/json, */*" });
    expect(request.header("content-type")).toBe("application/json");
    expect(request.header("vary")).toBe("Accept");
    expect(request.header("etag")).toMatch(/^"[0-9A-F]{128}"$/);
    expect(JSON.parse(request.body().toString()).swagger).toBe("2.0");
  });

  it("compresses what is large for those who accept it", async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ ...CONFIG_MAPS, resource: `things${index}` }));
    const large = createOpenApi(many, { title: "Test", version: "v0" });
    const request = recordRequest("/openapi/v2", { "Accept-Encoding": "gzip" });
    expect(await large.handle(request.context)).toBe(true);
    expect(request.header("content-encoding")).toBe("gzip");
    expect(request.header("vary")).toBe("Accept, Accept-Encoding");
    expect(JSON.parse(gunzipSync(request.body()).toString()).swagger).toBe("2.0");
  });

  it("answers with the protobuf form under both of its names", async () => {
    for (const accept of [PROTOBUF, PROTOBUF.replace("@", ".")]) {
      const request = await get("/openapi/v2", { Accept: accept });
      expect(request.header("content-type")).toBe("application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
      expect(request.body().subarray(0, 5).toString()).toBe("\n\u00032.0");
    }
  });

  it("answers 304 to the ETag", async () => {
    const etag = (await get("/openapi/v2")).header("etag") ?? "";
    expect((await get("/openapi/v2", { Accept: PROTOBUF, "If-None-Match": etag })).context.status).toBe(304);
  });
});
