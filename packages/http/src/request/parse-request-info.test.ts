import { StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { parseRequestInfo } from "./parse-request-info.js";

function parse(line: string) {
  const [method = "", url = ""] = line.split(" ");
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  return parseRequestInfo(method, path, mark === -1 ? undefined : new URLSearchParams(url.slice(mark + 1)));
}

describe("parseRequestInfo", () => {
  it.each([
    // [request, verb, group, version, namespace, resource, subresource, name]
    ["GET /api/v1/namespaces", "list", "", "v1", "", "namespaces", "", ""],
    ["GET /api/v1/namespaces/other", "get", "", "v1", "other", "namespaces", "", "other"],
    ["GET /api/v1/namespaces/other/pods", "list", "", "v1", "other", "pods", "", ""],
    ["GET /api/v1/namespaces/other/pods/foo", "get", "", "v1", "other", "pods", "", "foo"],
    ["HEAD /api/v1/namespaces/other/pods/foo", "get", "", "v1", "other", "pods", "", "foo"],
    ["GET /api/v1/pods", "list", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/pods/", "list", "", "v1", "", "pods", "", ""],
    ["HEAD /api/v1/pods", "list", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/nodes/n1/status", "get", "", "v1", "", "nodes", "status", "n1"],
    ["GET /api/v1/namespaces/other/pods/foo/log", "get", "", "v1", "other", "pods", "log", "foo"],
    ["PUT /api/v1/namespaces/other/status", "update", "", "v1", "other", "namespaces", "status", "other"],
    ["PUT /api/v1/namespaces/other/finalize", "update", "", "v1", "other", "namespaces", "finalize", "other"],
    ["GET /apis/apps/v1/deployments", "list", "apps", "v1", "", "deployments", "", ""],
    ["POST /apis/apps/v1/namespaces/x/deployments", "create", "apps", "v1", "x", "deployments", "", ""],
    ["PATCH /apis/apps/v1/namespaces/x/deployments/a", "patch", "apps", "v1", "x", "deployments", "", "a"],
    ["PUT /apis/apps/v1/namespaces/x/deployments/a/scale", "update", "apps", "v1", "x", "deployments", "scale", "a"],
    ["DELETE /apis/apps/v1/namespaces/x/deployments/a", "delete", "apps", "v1", "x", "deployments", "", "a"],
    ["DELETE /apis/apps/v1/namespaces/x/deployments", "deletecollection", "apps", "v1", "x", "deployments", "", ""],
    ["GET /api/v1/watch/pods", "watch", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/watch/namespaces/x/pods", "watch", "", "v1", "x", "pods", "", ""],
    ["GET /api/v1/watch/namespaces/x/pods/a", "watch", "", "v1", "x", "pods", "", "a"],
    ["GET /api/v1/proxy/namespaces/x/pods/a/b", "proxy", "", "v1", "x", "pods", "", "a"],
    ["GET /api/v1/pods?watch=1", "watch", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/pods?watch=true", "watch", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/pods?watch", "watch", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/pods?watch=False", "list", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/pods?watch=0", "list", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/namespaces/x/pods/a?watch=1", "get", "", "v1", "x", "pods", "", "a"],
    ["GET /api/v1/pods?fieldSelector=metadata.name%3Dfoo", "list", "", "v1", "", "pods", "", "foo"],
    ["GET /api/v1/pods?watch=1&fieldSelector=a=b,metadata.name==foo", "watch", "", "v1", "", "pods", "", "foo"],
    ["GET /api/v1/pods?fieldSelector=metadata.name!=foo", "list", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/pods?fieldSelector=metadata.name=..", "list", "", "v1", "", "pods", "", ""],
    ["DELETE /api/v1/pods?fieldSelector=metadata.name=foo", "deletecollection", "", "v1", "", "pods", "", ""],
    ["OPTIONS /api/v1/pods", "", "", "v1", "", "pods", "", ""],
    ["GET //api/v1/pods//", "list", "", "v1", "", "pods", "", ""],
    ["GET /api/v1/namespaces/x/pods/a%2Flog", "get", "", "v1", "x", "pods", "log", "a"],
    ["GET /api/v1/namespaces/x/pods/%C3%A4", "get", "", "v1", "x", "pods", "", "ä"],
    ["GET /api/v1/namespaces/x/pods/a%00b", "get", "", "v1", "x", "pods", "", "a\0b"],
    ["GET /api/v1/namespaces/../pods", "list", "", "v1", "..", "pods", "", ""],
  ])("%s", (line, verb, apiGroup, apiVersion, namespace, resource, subresource, name) => {
    const info = parse(line);
    expect(info).toMatchObject({
      isResourceRequest: true,
      verb,
      apiGroup,
      apiVersion,
      namespace,
      resource,
      subresource,
      name,
    });
    expect(info.parts[0]).toBe(resource);
  });

  it.each([
    "/",
    "/healthz",
    "/api",
    "/api/",
    "/api/v1",
    "/apis",
    "/apis/apps",
    "/apis/apps/v1",
    "/foo/v1/pods",
    "*",
    "",
  ])("%j is no resource request", (path) => {
    expect(parseRequestInfo("POST", path, undefined)).toMatchObject({
      isResourceRequest: false,
      verb: "post",
      path,
      parts: [],
    });
  });

  it("keeps the selectors of collection verbs only, and not of the legacy watch path", () => {
    const query = "?fieldSelector=a%3Db&labelSelector=c%3Dd";
    expect(parse(`GET /api/v1/pods${query}`)).toMatchObject({ fieldSelector: "a=b", labelSelector: "c=d" });
    expect(parse(`DELETE /api/v1/pods${query}`)).toMatchObject({ fieldSelector: "a=b", labelSelector: "c=d" });
    expect(parse(`GET /api/v1/namespaces/x/pods/a${query}`)).toMatchObject({ fieldSelector: "", labelSelector: "" });
    expect(parse(`GET /api/v1/watch/pods${query}`)).toMatchObject({ fieldSelector: "", labelSelector: "" });
  });

  it("lists all parts and tells a path that goes on behind the subresource", () => {
    const info = parse("GET /api/v1/namespaces/x/services/web/proxy/a/b");
    expect(info.parts).toEqual(["services", "web", "proxy", "a", "b"]);
    expect(info.deeper).toBe(true);
    expect(parse("GET /api/v1/namespaces/x/services/web/proxy").deeper).toBe(false);
  });

  it.each(["/api/v1/namespaces/%zz/pods", "/api/v1/pods/%", "/%ff"])("%s is a 400", (path) => {
    expect(codeOf(path)).toBe(400);
  });

  it.each(["/api/v1/watch", "/api/v1/proxy/", "/apis/apps/v1/watch"])("%s is a 500", (path) => {
    expect(codeOf(path)).toBe(500);
  });
});

function codeOf(path: string): number | undefined {
  try {
    parseRequestInfo("GET", path, undefined);
  } catch (error) {
    if (StatusError.is(error)) return error.code;
    throw error;
  }
  return undefined;
}
