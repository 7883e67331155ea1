import { StatusError } from "@quarterdeck/meta";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestServer, testServer } from "../../testing/test-server.js";
import { MetricRegistry } from "../metrics/metric-registry.js";
import { RequestMetrics } from "../metrics/request-metrics.js";
import { parseRequestInfo } from "../request/parse-request-info.js";
import { findAction } from "./find-action.js";
import { RouteTable } from "./route-table.js";

let test: TestServer;
let table: RouteTable;

beforeAll(async () => {
  test = await testServer();
  table = new RouteTable(test.resources, new RequestMetrics(new MetricRegistry()));
});

afterAll(() => test.stop());

function find(line: string): string | number {
  const [method = "", url = ""] = line.split(" ");
  const [path = "", query] = url.split("?");
  const info = parseRequestInfo(method, path, query === undefined ? undefined : new URLSearchParams(query));
  try {
    const found = findAction(table, info, method);
    if (found === undefined) return "no group";
    const { resource, version, subresource } = found.route;
    const below = subresource === "" ? "" : `/${subresource}`;
    return `${info.verb} ${version.apiVersion} ${resource.descriptor.resource}${below}: ${found.action.handler.name}`;
  } catch (error) {
    if (StatusError.is(error)) return error.code;
    throw error;
  }
}

describe("findAction", () => {
  it.each([
    ["GET /api/v1/namespaces/x/notes/a", "get v1 notes: getObject"],
    ["GET /api/v1/namespaces/x/notes", "list v1 notes: listObjects"],
    ["GET /api/v1/notes", "list v1 notes: listObjects"],
    ["GET /api/v1/notes?watch=1", "watch v1 notes: watchObjects"],
    ["GET /api/v1/notes?fieldSelector=metadata.name=a", "list v1 notes: listObjects"],
    ["GET /api/v1/watch/notes", "watch v1 notes: watchObjects"],
    ["GET /api/v1/watch/namespaces/x/notes/a", "watch v1 notes: watchObjects"],
    ["POST /api/v1/namespaces/x/notes", "create v1 notes: createObject"],
    ["PUT /api/v1/namespaces/x/notes/a", "update v1 notes: updateObject"],
    ["PATCH /api/v1/namespaces/x/notes/a", "patch v1 notes: patchObject"],
    ["DELETE /api/v1/namespaces/x/notes/a", "delete v1 notes: deleteObject"],
    ["DELETE /api/v1/namespaces/x/notes", "deletecollection v1 notes: deleteCollection"],
    ["GET /api/v1/namespaces/x", "get v1 namespaces: getObject"],
    ["POST /api/v1/namespaces", "create v1 namespaces: createObject"],
    ["GET /apis/sea.example.com/v1beta1/boats", "list sea.example.com/v1beta1 boats: listObjects"],
    [
      "PUT /apis/sea.example.com/v1/namespaces/x/boats/a/status",
      "update sea.example.com/v1 boats/status: updateObject",
    ],
    ["PATCH /apis/sea.example.com/v1/namespaces/x/boats/a/scale", "patch sea.example.com/v1 boats/scale: patchScale"],
    ["POST /apis/sea.example.com/v1/namespaces/x/boats/a/hail", "create sea.example.com/v1 boats/hail: runSubresource"],
    [
      "GET /apis/sea.example.com/v1/namespaces/x/boats/a/radio",
      "get sea.example.com/v1 boats/radio: connectSubresource",
    ],
    [
      "POST /apis/sea.example.com/v1/namespaces/x/boats/a/radio",
      "create sea.example.com/v1 boats/radio: connectSubresource",
    ],
    ["HEAD /apis/sea.example.com/v1/namespaces/x/boats/a/radio", 405],
    ["OPTIONS /apis/sea.example.com/v1/namespaces/x/boats/a/radio", 405],
    ["GET /apis/sea.example.com/v1/namespaces/x/boats/a/radio/b", 404],
    [
      "GET /apis/sea.example.com/v1/namespaces/x/boats/http:a:80/proxy/b/c",
      "get sea.example.com/v1 boats/proxy: connectSubresource",
    ],
    [
      "DELETE /apis/sea.example.com/v1/namespaces/x/boats/a/proxy",
      "delete sea.example.com/v1 boats/proxy: connectSubresource",
    ],
    [
      "HEAD /apis/sea.example.com/v1/namespaces/x/boats/a/proxy/b",
      "get sea.example.com/v1 boats/proxy: connectSubresource",
    ],
    [
      "OPTIONS /apis/sea.example.com/v1/namespaces/x/boats/a/proxy/b",
      " sea.example.com/v1 boats/proxy: connectSubresource",
    ],
    ["PUT /apis/sea.example.com/v1/namespaces/x/boats/a/proxy", 405],
    ["POST /apis/sea.example.com/v1/namespaces/x/boats/a/status", 405],
    ["DELETE /apis/sea.example.com/v1/namespaces/x/boats/a/status", 405],
    ["DELETE /api/v1/namespaces", 405],
    ["DELETE /api/v1/notes", 405],
    ["POST /api/v1/notes", 405],
    ["POST /api/v1/watch/notes", 405],
    ["HEAD /api/v1/notes", 405],
    ["OPTIONS /api/v1/notes", 405],
    ["TRACE /api/v1/namespaces/x/notes/a", 405],
    ["GET /api/v1/notes/a", 404],
    ["GET /api/v1/constructor", 404],
    ["GET /api/v1/__proto__/a", 404],
    ["GET /api/v1/namespaces/x/notes/a/toString", 404],
    ["GET /api/v1/proxy/notes", 405],
    ["GET /api/v1/namespaces/x/namespaces", 404],
    ["GET /api/v1/namespaces/x/namespaces/x", 404],
    ["GET /apis/sea.example.com/v1beta1/namespaces/x/boats/a/scale", 404],
    ["GET /apis/sea.example.com/v1/namespaces/x/boats/a/status/more", 404],
    ["GET /api/v1/namespaces/../notes", 400],
    ["GET /api/v1/namespaces/x/notes/.", 400],
    ["GET /apis/other.example.com/v1/boats", "no group"],
    ["GET /apis/sea.example.com/v2/boats", "no group"],
    ["GET /apis//v1/notes", "no group"],
    ["GET /apis/__proto__/v1/notes", "no group"],
  ])("%s → %s", (line, expected) => {
    expect(find(line)).toBe(expected);
  });
});
