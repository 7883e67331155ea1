import { StatusError } from "@quarterdeck/meta";
import { decodeCbor } from "@quarterdeck/wire";
import { describe, expect, it } from "vitest";
import { createDiscovery } from "./discovery-routes.js";
import type { RecordedRequest } from "./request-context.fixture.js";
import { recordRequest } from "./request-context.fixture.js";
import { CONFIG_MAPS, ENVIRONMENTS, ROLLOUTS } from "./rollout.fixture.js";

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const PROTOBUF = "application/vnd.kubernetes.protobuf";
const KUBECTL = `${AGGREGATED},${AGGREGATED.replace("v=v2", "v=v2beta1")},application/json`;
const ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const PART_VERBS = ["get", "patch", "update"];

const routes = createDiscovery([ROLLOUTS, CONFIG_MAPS, ENVIRONMENTS], { serverAddress: () => "127.0.0.1:6443" });

function get(address: string, headers: { [name: string]: string } = {}): RecordedRequest {
  const request = recordRequest(address, headers);
  expect(routes.handle(request.context)).toBe(true);
  return request;
}

function text(address: string, headers: { [name: string]: string } = {}): string {
  return get(address, headers).body().toString();
}

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("legacy discovery", () => {
  it("lists the paths it answers", () => {
    expect(routes.paths).toEqual([
      "/api",
      "/api/v1",
      "/apis",
      "/apis/delivery.example.com",
      "/apis/delivery.example.com/v1",
      "/apis/delivery.example.com/v1beta1",
    ]);
  });

  it("answers /api and /apis as upstream's structs are written", () => {
    expect(text("/api")).toBe(
      '{"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[{"clientCIDR":"0.0.0.0/0","serverAddress":"127.0.0.1:6443"}]}\n',
    );
    expect(text("/apis/")).toBe(
      '{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"delivery.example.com","versions":[{"groupVersion":"delivery.example.com/v1","version":"v1"},{"groupVersion":"delivery.example.com/v1beta1","version":"v1beta1"}],"preferredVersion":{"groupVersion":"delivery.example.com/v1","version":"v1"}}]}\n',
    );
    expect(JSON.parse(text("/apis/delivery.example.com"))).toMatchObject({
      kind: "APIGroup",
      apiVersion: "v1",
      name: "delivery.example.com",
    });
  });

  it("lists resources and subresources", () => {
    const part = { singularName: "", namespaced: true };
    expect(JSON.parse(text("/apis/delivery.example.com/v1"))).toEqual({
      kind: "APIResourceList",
      apiVersion: "v1",
      groupVersion: "delivery.example.com/v1",
      resources: [
        {
          name: "environments",
          singularName: "environment",
          namespaced: false,
          kind: "Environment",
          verbs: ALL_VERBS,
          storageVersionHash: "oSW0mQmOkdM=",
        },
        {
          name: "rollouts",
          singularName: "rollout",
          namespaced: true,
          kind: "Rollout",
          verbs: ALL_VERBS,
          shortNames: ["ro"],
          categories: ["all"],
          storageVersionHash: "J+WXJmEU6P0=",
        },
        { ...part, name: "rollouts/restart", kind: "RestartRequest", verbs: ["create"] },
        { ...part, name: "rollouts/scale", group: "autoscaling", version: "v1", kind: "Scale", verbs: PART_VERBS },
        { ...part, name: "rollouts/status", kind: "Rollout", verbs: PART_VERBS },
      ],
    });
  });

  it("leaves apiVersion out of the core group's list", () => {
    expect(text("/api/v1")).toMatch(
      /^\{"kind":"APIResourceList","groupVersion":"v1","resources":\[\{"name":"configmaps",/,
    );
  });

  it("answers in YAML and in pretty JSON when asked", () => {
    const yaml = get("/apis", { Accept: "application/yaml" });
    expect(yaml.header("content-type")).toBe("application/yaml");
    expect(yaml.body().toString()).toMatch(/^apiVersion: v1\ngroups:\n- name: delivery\.example\.com\n/);
    expect(text("/apis?pretty=true")).toMatch(/^\{\n {2}"kind": "APIGroupList",\n/);
    expect(text("/apis", { "User-Agent": "curl/8" })).toMatch(/^\{\n/);
    expect(text("/apis?pretty=0", { "User-Agent": "curl/8" })).toMatch(/^\{"kind"/);
  });

  it("answers in protobuf when asked, with an empty apiVersion where JSON has none", () => {
    const request = get("/api", { Accept: PROTOBUF });
    expect(request.header("content-type")).toBe(PROTOBUF);
    const type = "0a0f0a00120b41504956657273696f6e73";
    const message = "12210a027631121b0a09302e302e302e302f30120e3132372e302e302e313a36343433";
    expect(request.body().toString("hex")).toBe(`6b387300${type}${message}1a002200`);
    expect(get("/api", { Accept: PROTOBUF }).body()).toEqual(request.body());
    expect(text("/api", { Accept: `text/html, ${PROTOBUF}, application/json` })).toMatch(/^k8s\0/);
    expect(text("/api", { Accept: "*/*" })).toMatch(/^\{/);
  });

  it("leaves other paths alone", () => {
    for (const path of ["/", "/apis/nope", "/apis/nope/v1", "/api/v1//", "/api/v1/configmaps"]) {
      const request = recordRequest(path);
      expect(routes.handle(request.context)).toBe(false);
      expect(request.header("content-type")).toBeUndefined();
    }
  });

  it("has a Status for other versions of a group that is served", () => {
    for (const path of ["/api/v2", "/apis/delivery.example.com/v1alpha1"]) {
      const missing = thrown(() => routes.handle(recordRequest(path).context));
      expect(StatusError.is(missing) && missing.status).toMatchObject({ code: 404, reason: "NotFound", details: {} });
    }
  });

  it("refuses other methods, but for the lists of groups and versions", () => {
    const code = (path: string, method: string) => {
      const refused = thrown(() => routes.handle(recordRequest(path, {}, method).context));
      return StatusError.is(refused) && refused.code;
    };
    expect(code("/api", "POST")).toBe(405);
    expect(code("/apis/delivery.example.com/v1", "HEAD")).toBe(405);
    for (const path of ["/apis", "/apis/delivery.example.com"]) {
      for (const method of ["HEAD", "POST"]) expect(routes.handle(recordRequest(path, {}, method).context)).toBe(true);
    }
  });

  it("refuses unknown media types", () => {
    const refused = thrown(() => routes.handle(recordRequest("/apis", { Accept: "text/html" }).context));
    expect(StatusError.is(refused) && [refused.code, refused.message]).toEqual([
      406,
      "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf",
    ]);
  });
});

describe("aggregated discovery", () => {
  it("is chosen by kubectl's Accept header", () => {
    const request = get("/apis", { Accept: KUBECTL });
    expect(request.header("content-type")).toBe(AGGREGATED);
    expect(request.header("cache-control")).toBe("public");
    expect(request.header("vary")).toBe("Accept");
    expect(request.header("etag")).toMatch(/^"[0-9A-F]{128}"$/);
    expect(request.body().toString()).toContain(
      '{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[{"metadata":{"name":"delivery.example.com"},"versions":[{"version":"v1","resources":[{"resource":"environments","responseKind":{"group":"delivery.example.com","version":"v1","kind":"Environment"},"scope":"Cluster","singularResource":"environment","verbs":["create",',
    );
    expect(request.body().toString()).toContain(
      '"shortNames":["ro"],"categories":["all"],"subresources":[{"subresource":"restart","responseKind":{"group":"delivery.example.com","version":"v1","kind":"RestartRequest"},"verbs":["create"]},{"subresource":"scale","responseKind":{"group":"autoscaling","version":"v1","kind":"Scale"},"verbs":["get","patch","update"]},{"subresource":"status",',
    );
    expect(request.body().toString()).toContain('}],"freshness":"Current"},{"version":"v1beta1",');
  });

  it("names no group for native kinds, and none for the core group", () => {
    const list = JSON.parse(text("/api", { Accept: AGGREGATED }));
    expect(list.items[0].metadata).toEqual({});
    expect(list.items[0].versions[0].resources[0].responseKind).toEqual({ group: "", version: "", kind: "ConfigMap" });
  });

  it("answers 304 to the ETag, by media type and version", () => {
    const etag = get("/apis", { Accept: AGGREGATED }).header("etag") ?? "";
    const again = get("/apis", { Accept: AGGREGATED, "If-None-Match": etag });
    expect(again.context.status).toBe(304);
    expect(again.body().length).toBe(0);
    expect(again.header("etag")).toBe(etag);
    const beta = get("/apis", { Accept: AGGREGATED.replace("v=v2", "v=v2beta1"), "If-None-Match": etag });
    expect(beta.context.status).toBe(200);
    expect(JSON.parse(beta.body().toString()).apiVersion).toBe("apidiscovery.k8s.io/v2beta1");
  });

  it("passes over ranges that are for nothing served here", () => {
    expect(JSON.parse(text("/apis", { Accept: `text/html, ${AGGREGATED}` })).kind).toBe("APIGroupDiscoveryList");
    expect(JSON.parse(text("/apis", { Accept: `application/json, ${AGGREGATED}` })).kind).toBe("APIGroupList");
    const yaml = get("/apis", { Accept: AGGREGATED.replace("json", "yaml") });
    expect(yaml.header("content-type")).toBe(AGGREGATED.replace("json", "yaml"));
    expect(yaml.body().toString()).toMatch(/^apiVersion: apidiscovery\.k8s\.io\/v2\nitems:\n- metadata:\n/);
  });

  it("is written in protobuf and, where it is spoken, in CBOR, with the ETag of JSON", () => {
    const etag = get("/apis", { Accept: AGGREGATED }).header("etag") ?? "";
    const protobuf = AGGREGATED.replace("application/json", PROTOBUF);
    const request = get("/apis", { Accept: protobuf });
    expect(request.header("content-type")).toBe(protobuf);
    expect(request.header("etag")).toBe(etag);
    const type = `k8s\0\n/\n\x16apidiscovery.k8s.io/v2\x12\x15APIGroupDiscoveryList\x12`;
    expect(request.body().subarray(0, type.length).toString("latin1")).toBe(type);
    expect(get("/apis", { Accept: protobuf, "If-None-Match": etag }).context.status).toBe(304);

    const cbor = AGGREGATED.replace("json", "cbor");
    expect(thrown(() => routes.handle(recordRequest("/apis", { Accept: cbor }).context))).toMatchObject({ code: 406 });
    const spoken = recordRequest("/apis", { Accept: cbor });
    Object.assign(spoken.context.state, { servesCbor: true });
    expect(routes.handle(spoken.context)).toBe(true);
    expect(spoken.header("content-type")).toBe(cbor);
    expect(decodeCbor(spoken.body())).toEqual(JSON.parse(text("/apis", { Accept: AGGREGATED })));
  });

  it("falls back to legacy for unknown versions and on the paths below", () => {
    const unknown = `${AGGREGATED.replace("v=v2", "v=v9")},application/json`;
    expect(JSON.parse(text("/apis", { Accept: unknown })).kind).toBe("APIGroupList");
    expect(JSON.parse(text("/apis/delivery.example.com/v1", { Accept: KUBECTL })).kind).toBe("APIResourceList");
  });
});
