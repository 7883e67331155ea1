import { type AuthorizationAttributes, type AuthorizationDecision, definePlugin } from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { expectFailure } from "./support/expect-failure.js";

const PODS = "/api/v1/namespaces/default/pods";
const MERGE = { "content-type": "application/merge-patch+json" };

describe("connections to pods of nodes that nobody can reach", () => {
  let server: TestServer;

  beforeAll(async () => {
    const guard = definePlugin({
      kind: "authorizer",
      name: "guards-pods",
      plugin: class {
        authorize({ verb, subresource, name }: AuthorizationAttributes): AuthorizationDecision {
          const guarded = name === "guarded" && subresource !== "" && verb === "create";
          return guarded ? { decision: "deny", reason: "look, do not touch" } : { decision: "allow" };
        }
      },
    });
    server = await startTestServer({ config: { authorization: [guard] } });
    await create(server, "/api/v1/nodes", { metadata: { name: "n1" } });
    const addresses = [
      { type: "InternalIP", address: "10.0.0.9" },
      { type: "ExternalIP", address: "192.0.2.9" },
    ];
    await patch("/api/v1/nodes/n1/status", { status: { addresses } });
    await create(server, "/api/v1/nodes", { metadata: { name: "homeless" } });
    const web = { name: "web", image: "nginx", ports: [{ containerPort: 8080 }] };
    const make = (name: string, nodeName: string | undefined, containers: object[] = [web], more: object = {}) =>
      create(server, PODS, { metadata: { name }, spec: { ...(nodeName && { nodeName }), containers, ...more } });
    await make("waiting", undefined);
    await make("guarded", undefined);
    await make("placed", "n1");
    await make("lost", "gone");
    await make("homeless", "homeless");
    const initContainers = [{ name: "init", image: "busybox" }];
    await make("two", "n1", [web, { name: "proxy", image: "envoy" }], { initContainers });
    await patch(`${PODS}/placed/status`, { status: { podIP: "10.1.2.3" } });
    await patch(`${PODS}/two/status`, { status: { podIP: "127.0.0.1" } });
  });
  afterAll(() => server.stop());

  async function patch(path: string, body: object) {
    return objectOf(await server.request(path, { method: "PATCH", headers: MERGE, body }));
  }

  function post(path: string) {
    return server.request(path, { method: "POST" });
  }

  it.each(["exec", "attach", "portforward"])("answer %s as upstream does", async (stream) => {
    const at = async (pod: string, query = "") => post(`${PODS}/${pod}/${stream}${query}`);
    expectFailure(await at("waiting"), 400, "BadRequest", "pod waiting does not have a host assigned");
    expectFailure(await at("lost"), 404, "NotFound", 'nodes "gone" not found', { name: "gone", kind: "nodes" });
    expectFailure(await at("placed"), 400, "BadRequest", "Upgrade request required");
    const homeless = await at("homeless");
    expect(homeless.json()).toMatchObject({ code: 500, message: "no preferred addresses found; known addresses: []" });
    expect((await at("nowhere")).status).toBe(404);
    expect((await server.request(`${PODS}/placed/${stream}`, { method: "PUT", body: {} })).status).toBe(405);
  });

  it.each(["exec", "attach"])("ask for the container of %s", async (stream) => {
    const at = async (query: string) => post(`${PODS}/two/${stream}${query}`);
    const which = "a container name must be specified for pod two, choose one of: [init web proxy]";
    expectFailure(await at(""), 400, "BadRequest", which);
    expectFailure(await at("?container=no"), 400, "BadRequest", "container no is not valid for pod two");
    expectFailure(await at("?container=proxy"), 400, "BadRequest", "Upgrade request required");
  });

  it.each(["exec", "attach", "portforward"])(
    "ask for the right to create, though %s begins with a GET",
    async (stream) => {
      const forbidden = 'pods "guarded" is forbidden: look, do not touch';
      const guarded = await server.request(`${PODS}/guarded/${stream}`);
      expectFailure(guarded, 403, "Forbidden", forbidden, { name: "guarded", kind: "pods" });
      const allowed = await server.request(`${PODS}/waiting/${stream}`);
      expectFailure(allowed, 400, "BadRequest", "pod waiting does not have a host assigned");
    },
  );

  it("answer logs as upstream does", async () => {
    const log = (pod: string, query = "") => server.request(`${PODS}/${pod}/log${query}`);
    const nothing = await log("waiting");
    expect([nothing.status, nothing.text()]).toEqual([204, ""]);
    const refused = await log("placed", "?tailLines=5&follow=true&timestamps=1");
    expect(refused.status).toBe(500);
    expect(refused.json()).toMatchObject({
      status: "Failure",
      message:
        'Get "https://10.0.0.9:10250/containerLogs/default/placed/web?follow=true&tailLines=5&timestamps=true": ' +
        "dial tcp 10.0.0.9:10250: connect: connection refused",
    });
    const which = "a container name must be specified for pod two, choose one of: [init web proxy]";
    expectFailure(await log("two"), 400, "BadRequest", which);
    const both = await log("placed", "?sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z&tailLines=-1&limitBytes=0");
    expect(both.status).toBe(422);
    expect(both.json()).toMatchObject({
      reason: "Invalid",
      details: {
        name: "placed",
        kind: "PodLogOptions",
        causes: [
          { field: "tailLines" },
          { field: "limitBytes" },
          { message: expect.stringContaining("at most one of") },
        ],
      },
    });
  });

  it("answer proxies as upstream does", async () => {
    const proxy = (pod: string, path = "/x") => server.request(`${PODS}/${pod}/proxy${path}`);
    const refused = (host: string) => `error trying to reach service: dial tcp ${host}: connect: connection refused`;
    expectFailure(await proxy("placed"), 503, "ServiceUnavailable", refused("10.1.2.3:8080"));
    expectFailure(await proxy("placed:9"), 503, "ServiceUnavailable", refused("10.1.2.3:9"));
    expectFailure(await proxy("waiting"), 400, "BadRequest", "address not allowed");
    expectFailure(await proxy("two"), 400, "BadRequest", "address not allowed");
    expectFailure(await proxy("a:b:c:d"), 400, "BadRequest", 'invalid pod request "a:b:c:d"');
  });
});
