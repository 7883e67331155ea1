import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExampleServer } from "../integration/support/example-server.js";
import { UpstreamProtobuf, upstreamMissing } from "./upstream-protobuf.js";

const TYPE = "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

/** A document without what gnostic does not keep: empty values, and defaults that are objects or lists. */
function kept(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(kept);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, JsonValue][] => {
    if (inner === undefined || inner === "" || inner === false || inner === 0) return [];
    if (Array.isArray(inner) && inner.length === 0) return [];
    return key === "default" && typeof inner === "object" ? [] : [[key, kept(inner)]];
  });
  return Object.fromEntries(entries);
}

describe.skipIf(upstreamMissing !== undefined)(
  `OpenAPI v3${upstreamMissing === undefined ? "" : ` (skipped: ${upstreamMissing})`}`,
  () => {
    let server: TestServer;
    let upstream: UpstreamProtobuf;

    beforeAll(async () => {
      upstream = new UpstreamProtobuf();
      server = await startExampleServer();
    });
    afterAll(async () => {
      await server?.stop();
      await upstream?.stop();
    });

    it("is read by gnostic from protobuf as what it is in JSON", async () => {
      const { paths } = (await server.request("/openapi/v3")).json<{ paths: JsonObject }>();
      expect(Object.keys(paths).length).toBeGreaterThan(20);
      for (const name of Object.keys(paths)) {
        const document = (await server.request(`/openapi/v3/${name}`)).json<JsonObject>();
        const response = await server.request(`/openapi/v3/${name}`, { headers: { accept: TYPE } });
        expect(response.headers["content-type"], name).toBe(TYPE);
        const read = kept(await upstream.decodeOpenApiV3(response.body));
        expect(read, name).toEqual(kept(document));
      }
    });
  },
);
