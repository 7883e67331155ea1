import type { JsonObject } from "@quarterdeck/meta";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExampleServer } from "../integration/support/example-server.js";
import { UpstreamProtobuf, upstreamMissing } from "./upstream-protobuf.js";

const PROTOBUF = "application/vnd.kubernetes.protobuf";

describe.skipIf(upstreamMissing !== undefined)(
  `discovery${upstreamMissing === undefined ? "" : ` (skipped: ${upstreamMissing})`}`,
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

    async function expectUpstreams(path: string, parameters = ""): Promise<void> {
      const get = (accept: string) => server.request(path, { headers: { accept: `${accept}${parameters}` } });
      const json = (await get("application/json")).json<JsonObject>();
      const response = await get(PROTOBUF);
      expect(response.status, path).toBe(200);
      expect(response.headers["content-type"]).toBe(`${PROTOBUF}${parameters}`);
      expect(response.body.toString("hex"), path).toBe((await upstream.encode(json)).toString("hex"));
    }

    it("is what upstream writes, on every path", async () => {
      const { paths } = (await server.request("/")).json<{ paths: string[] }>();
      const documents = paths.filter((path) => /^\/apis?(?:\/|$)/.test(path));
      expect(documents.length).toBeGreaterThan(20);
      for (const path of documents) await expectUpstreams(path);
    });

    it.each(["v2", "v2beta1"])("is what upstream writes, aggregated in %s", async (version) => {
      for (const path of ["/api", "/apis"]) {
        await expectUpstreams(path, `;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`);
      }
    });
  },
);
