import http from "node:http";
import { Socket } from "node:net";
import { StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { contextOf } from "../testing/wire.fixture.js";
import type { Purpose } from "./media-choice.js";
import { negotiate } from "./negotiate.js";
import type { Representation } from "./representation.js";

function ask(
  headers: http.IncomingHttpHeaders,
  purpose: Purpose = "object",
  query = "",
  protobuf = false,
): Representation {
  const req = new http.IncomingMessage(new Socket());
  req.headers = headers;
  req.url = `/?${query}`;
  return negotiate(contextOf(req, new http.ServerResponse(req)), purpose, protobuf);
}

function refusal(accept: string, purpose: Purpose, query = ""): string {
  try {
    ask({ accept }, purpose, query);
  } catch (error) {
    if (StatusError.is(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  throw new Error("was not refused");
}

const PROTOBUF = "application/vnd.kubernetes.protobuf";
const table = "application/json;as=Table;v=v1;g=meta.k8s.io";
const oldTable = "application/json;as=Table;v=v1beta1;g=meta.k8s.io";
const all =
  "406 only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf";
const both = "406 only the following media types are accepted: application/json, application/yaml";

describe("negotiate", () => {
  it.each<[string, Purpose, Partial<Representation>]>([
    ["", "object", { format: "json", view: "object" }],
    ["*/*", "list", { format: "json" }],
    ["*", "list", { format: "json" }],
    ["application/*", "list", { format: "json" }],
    ["application/yaml", "object", { format: "yaml", contentType: "application/yaml" }],
    ["application/json;q=0.5,application/yaml", "object", { format: "yaml" }],
    ["*/*, application/yaml", "object", { format: "yaml" }],
    ["application/vnd.kubernetes.protobuf,application/json", "object", { format: "json" }],
    ["application/json;stream=watch", "watch", { format: "json", contentType: "application/json" }],
    ["application/json;pretty=1", "object", { pretty: true }],
    [`${table},${oldTable},application/json`, "list", { view: "table", metaVersion: "meta.k8s.io/v1" }],
    [oldTable, "list", { view: "table", metaVersion: "meta.k8s.io/v1beta1" }],
    ["application/json;as=Table;v=v2;g=meta.k8s.io,application/json", "list", { view: "object" }],
    ["application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", "list", { view: "partial" }],
    ["application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", "watch", { view: "partial" }],
    [`${table},application/json`, "document", { view: "object" }],
  ])("%s for %s", (accept, purpose, expected) => {
    expect(ask({ accept }, purpose)).toMatchObject(expected);
  });

  it.each<[string, Purpose, boolean, Partial<Representation>]>([
    [PROTOBUF, "object", true, { format: "protobuf", view: "object", contentType: PROTOBUF }],
    [`${PROTOBUF},application/json`, "list", true, { format: "protobuf" }],
    [`${PROTOBUF},application/json`, "list", false, { format: "json" }],
    ["*/*", "list", true, { format: "json" }],
    [`${PROTOBUF};stream=watch`, "watch", true, { format: "protobuf", contentType: `${PROTOBUF};stream=watch` }],
    [PROTOBUF, "watch", true, { format: "protobuf", contentType: `${PROTOBUF};stream=watch` }],
    [
      `${PROTOBUF};as=PartialObjectMetadataList;v=v1;g=meta.k8s.io`,
      "list",
      false,
      { format: "protobuf", view: "partial" },
    ],
    [
      `${PROTOBUF};as=PartialObjectMetadata;v=v1;g=meta.k8s.io`,
      "watch",
      false,
      { format: "protobuf", view: "partial" },
    ],
    [`${PROTOBUF};as=Table;v=v1;g=meta.k8s.io,${table}`, "list", true, { format: "json", view: "table" }],
    [PROTOBUF, "document", true, { format: "protobuf" }],
  ])("%s for %s of what has a protobuf form: %s", (accept, purpose, protobuf, expected) => {
    expect(ask({ accept }, purpose, "", protobuf)).toMatchObject(expected);
  });

  it.each<[string, Purpose, string]>([
    ["text/html", "object", all],
    ["application/vnd.kubernetes.protobuf", "list", all],
    ["application/json;as=Table;v=v3;g=meta.k8s.io", "list", all],
    ["application/json;as=Table;v=v1;g=example.com", "list", all],
    ["application/json;sv=v9", "list", all],
    ["text/html", "watch", all],
    [table, "document", both],
    [
      "application/yaml",
      "watch",
      "406 only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch",
    ],
    [
      "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
      "list",
      "406 you requested PartialObjectMetadata, but the requested object is a list",
    ],
    [
      "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
      "object",
      "406 you requested PartialObjectMetadataList, but the requested object is not a list",
    ],
  ])("refuses %s for %s", (accept, purpose, message) => {
    expect(refusal(accept, purpose)).toBe(message);
  });

  it.each<[string, string, boolean]>([
    ["curl/8.1", "", true],
    ["Wget/1", "", true],
    ["Mozilla/5.0 (X11)", "", true],
    ["curl/8.1", "pretty=false", false],
    ["curl/8.1", "pretty=", true],
    ["kubectl/v1.32", "", false],
    ["kubectl/v1.32", "limit=1&pretty=true", true],
    ["kubectl/v1.32", "pretty=1", true],
    ["kubectl/v1.32", "pretty=yes", false],
  ])("agent %s with ?%s", (agent, query, pretty) => {
    expect(ask({ "user-agent": agent }, "object", query).pretty).toBe(pretty);
    expect(ask({ "user-agent": agent, accept: "application/yaml" }, "object", query).pretty).toBe(false);
    expect(ask({ "user-agent": agent }, "watch", query).pretty).toBe(false);
  });

  it("reads Accept-Encoding by whole tokens", () => {
    expect(ask({ "accept-encoding": "gzip" }).gzip).toBe(true);
    expect(ask({ "accept-encoding": "deflate, gzip , br" }).gzip).toBe(true);
    expect(ask({ "accept-encoding": "x-gzip, gzip;q=0" }).gzip).toBe(false);
    expect(ask({}).gzip).toBe(false);
  });

  it("reads includeObject for tables only", () => {
    expect(ask({ accept: table }, "list").includeObject).toBe("Metadata");
    expect(ask({ accept: table }, "list", "includeObject=Object").includeObject).toBe("Object");
    expect(ask({ accept: table }, "list", "includeObject=None").includeObject).toBe("None");
    expect(refusal(table, "list", "includeObject=all")).toMatch(/^400 Unable to convert to Table as requested: /);
    expect(ask({}, "list", "includeObject=all").includeObject).toBe("Metadata");
  });

  it("shares representations, and gives different bytes different keys", () => {
    expect(ask({ accept: table }, "list")).toBe(ask({ accept: table }, "list"));
    const keys = [
      ask({}),
      ask({ "user-agent": "curl/8" }),
      ask({ accept: "application/yaml" }),
      ask({ accept: table }, "list"),
      ask({ accept: oldTable }, "list"),
      ask({ accept: table }, "list", "includeObject=None"),
      ask({ accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io" }),
    ].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(ask({ "accept-encoding": "gzip" }).key).toBe(ask({}).key);
  });

  it("does not grow with the number of Accept headers", () => {
    for (let index = 0; index < 2000; index++)
      expect(ask({ accept: `application/json;x=${index}` }).format).toBe("json");
  });
});
