import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

interface ResourceRow {
  readonly name: string;
  readonly verbs: readonly string[];
}

describe("discovery", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  async function json<T>(path: string, headers: { readonly [name: string]: string } = {}): Promise<T> {
    const response = await server.request(path, { headers });
    expect(response.status).toBe(200);
    return response.json<T>();
  }

  it("lists the versions of the core group", async () => {
    const address = server.url.replace("https://", "");
    for (const path of ["/api", "/api/"]) {
      expect(await json(path)).toEqual({
        kind: "APIVersions",
        versions: ["v1"],
        serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: address }],
      });
    }
  });

  it("lists the groups, the preferred version first", async () => {
    const group = {
      name: "delivery.example.com",
      versions: [
        { groupVersion: "delivery.example.com/v1", version: "v1" },
        { groupVersion: "delivery.example.com/v1beta1", version: "v1beta1" },
      ],
      preferredVersion: { groupVersion: "delivery.example.com/v1", version: "v1" },
    };
    const { groups, ...rest } = await json<{ groups: { name: string }[] }>("/apis");
    expect(rest).toEqual({ kind: "APIGroupList", apiVersion: "v1" });
    const names = groups.map(({ name }) => name);
    expect(names.filter((name) => name.endsWith("example.com"))).toEqual(["delivery.example.com", "example.com"]);
    expect(names).toContain("authorization.k8s.io");
    expect(groups).toContainEqual(group);
    expect(await json("/apis/delivery.example.com")).toEqual({ kind: "APIGroup", apiVersion: "v1", ...group });
  });

  it("lists the resources of the core group", async () => {
    const list = await json<{ resources: ResourceRow[] }>("/api/v1");
    expect(list).toMatchObject({ kind: "APIResourceList", groupVersion: "v1" });
    const names = list.resources.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    const some = ["configmaps", "events", "namespaces", "namespaces/finalize", "namespaces/status", "secrets"];
    expect(names.filter((name) => some.includes(name))).toEqual(some);
    expect(list.resources.find(({ name }) => name === "configmaps")).toEqual({
      name: "configmaps",
      singularName: "configmap",
      namespaced: true,
      kind: "ConfigMap",
      verbs: ALL_VERBS,
      shortNames: ["cm"],
      storageVersionHash: expect.stringMatching(/^[A-Za-z0-9+/]{11}=$/),
    });
    const namespaces = list.resources.find(({ name }) => name === "namespaces");
    expect(namespaces?.verbs).toEqual(ALL_VERBS.filter((verb) => verb !== "deletecollection"));
  });

  it("lists the resources of a group, with their subresources", async () => {
    const list = await json<{ resources: object[] }>("/apis/delivery.example.com/v1");
    expect(list).toMatchObject({
      kind: "APIResourceList",
      apiVersion: "v1",
      groupVersion: "delivery.example.com/v1",
    });
    expect(list.resources).toMatchObject([
      {
        name: "environments",
        singularName: "environment",
        namespaced: false,
        kind: "Environment",
        shortNames: ["env"],
      },
      {
        name: "rollouts",
        singularName: "rollout",
        namespaced: true,
        kind: "Rollout",
        verbs: ALL_VERBS,
        shortNames: ["ro"],
        categories: ["all"],
      },
      { name: "rollouts/restart", singularName: "", namespaced: true, kind: "RestartRequest", verbs: ["create"] },
      {
        name: "rollouts/scale",
        group: "autoscaling",
        version: "v1",
        kind: "Scale",
        verbs: ["get", "patch", "update"],
      },
      { name: "rollouts/status", kind: "Rollout", verbs: ["get", "patch", "update"] },
    ]);
    const beta = await json<{ resources: ResourceRow[] }>("/apis/delivery.example.com/v1beta1");
    expect(beta.resources.map(({ name }) => name)).toEqual(["rollouts", "rollouts/status"]);
  });

  it("names the same storage version under every version of a resource", async () => {
    interface Hashed {
      readonly resources: readonly { readonly name: string; readonly storageVersionHash?: string }[];
    }
    const hashOf = ({ resources }: Hashed) => resources.find(({ name }) => name === "rollouts")?.storageVersionHash;
    const [v1, beta] = await Promise.all([
      json<Hashed>("/apis/delivery.example.com/v1"),
      json<Hashed>("/apis/delivery.example.com/v1beta1"),
    ]);
    expect(hashOf(v1)).toMatch(/^[A-Za-z0-9+/]{11}=$/);
    expect(hashOf(beta)).toBe(hashOf(v1));
  });

  it("is aggregated for those who ask, in one document for each root", async () => {
    const core = await server.request("/api", { headers: { accept: AGGREGATED } });
    expect(core.headers["content-type"]).toBe(AGGREGATED);
    expect(core.headers["cache-control"]).toBe("public");
    expect(core.json()).toMatchObject({
      kind: "APIGroupDiscoveryList",
      apiVersion: "apidiscovery.k8s.io/v2",
      metadata: {},
      items: [{ metadata: {}, versions: [{ version: "v1", freshness: "Current" }] }],
    });
    const named = (
      await server.request("/apis", { headers: { accept: `${AGGREGATED},application/json;q=0.5` } })
    ).json<{
      items: { metadata: { name: string }; versions: { resources: { resource: string }[] }[] }[];
    }>();
    const groups = named.items.filter(({ metadata }) => metadata.name.endsWith("example.com"));
    expect(groups).toMatchObject([
      { metadata: { name: "delivery.example.com" } },
      { metadata: { name: "example.com" } },
    ]);
    const rollouts = groups[0]?.versions[0]?.resources.find(({ resource }) => resource === "rollouts");
    expect(rollouts).toMatchObject({
      resource: "rollouts",
      responseKind: { kind: "Rollout" },
      scope: "Namespaced",
      singularResource: "rollout",
      verbs: ALL_VERBS,
      shortNames: ["ro"],
      categories: ["all"],
      subresources: [
        { subresource: "restart", responseKind: { kind: "RestartRequest" }, verbs: ["create"] },
        { subresource: "scale", responseKind: { group: "autoscaling", version: "v1", kind: "Scale" } },
        { subresource: "status", responseKind: { kind: "Rollout" }, verbs: ["get", "patch", "update"] },
      ],
    });
  });

  it.each(["/api", "/apis"])("has an ETag at %s, and 304 for those who have it", async (path) => {
    const first = await server.request(path, { headers: { accept: AGGREGATED } });
    const etag = first.headers.etag ?? "";
    expect(etag).toMatch(/^"[0-9A-F]{128}"$/);
    expect(first.headers.vary).toBe("Accept");
    const second = await server.request(path, { headers: { accept: AGGREGATED, "if-none-match": etag } });
    expect(second.status).toBe(304);
    expect(second.body).toHaveLength(0);
    expect(second.headers.etag).toBe(etag);
    const other = await server.request(path, { headers: { accept: AGGREGATED, "if-none-match": '"other"' } });
    expect(other.status).toBe(200);
  });

  it("answers the legacy form to clients that ask for a version it does not have", async () => {
    const accept = `${AGGREGATED.replace("v=v2", "v=v9")},application/json`;
    expect(await json("/apis", { accept })).toMatchObject({ kind: "APIGroupList" });
  });

  it("does not know groups, versions and resources that are not there", async () => {
    const unknown = "the server could not find the requested resource";
    for (const path of ["/api/v1/widgets", "/apis/delivery.example.com/v1/boats", "/api/v1/namespaces/x/nodes"]) {
      expectFailure(await server.request(path), 404, "NotFound", unknown, {});
    }
    expectFailure(await server.request("/api/v1/namespaces/x/namespaces"), 404, "NotFound", unknown, {});
    expectFailure(await server.request("/apis/delivery.example.com/v9"), 404, "NotFound", unknown, {});
    for (const path of ["/foo", "/apis/unknown.example.com", "/apis/unknown.example.com/v1/boats"]) {
      const response = await server.request(path);
      expect(response.status).toBe(404);
      expect(response.headers["content-type"]).toBe("text/plain; charset=utf-8");
      expect(response.text()).toBe("404 page not found\n");
    }
  });

  it("is for reading", async () => {
    const message = "the server does not allow this method on the requested resource";
    expectFailure(await server.request("/api", { method: "POST" }), 405, "MethodNotAllowed", message, {});
  });

  it("lists all paths at the root", async () => {
    const { paths } = await json<{ paths: string[] }>("/");
    expect(paths).toEqual([...paths].sort());
    for (const path of [
      "/api",
      "/api/v1",
      "/apis",
      "/apis/delivery.example.com/v1",
      "/healthz/ping",
      "/metrics",
      "/openapi/v2",
      "/openapi/v3",
      "/version",
    ]) {
      expect(paths).toContain(path);
    }
    for (const path of paths) expect((await server.request(path)).status, path).toBe(200);
  });
});
