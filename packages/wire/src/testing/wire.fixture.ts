import http from "node:http";
import http2 from "node:http2";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { KubeObject } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { RequestContext } from "@quarterdeck/sdk";
import { encodeObject } from "../encode/encode-object.js";
import { spliceRevision } from "../encode/splice-revision.js";
import type { EncodedObject } from "../encoded-object.js";

/** The context that a handler gets over a real socket. */
export function contextOf(
  req: http.IncomingMessage | http2.Http2ServerRequest,
  res: http.ServerResponse | http2.Http2ServerResponse,
  warnings: string[] = [],
): RequestContext {
  const [path = "", querystring = ""] = (req.url ?? "").split("?");
  return {
    req,
    res,
    method: req.method ?? "GET",
    path,
    querystring,
    state: {
      receivedAt: 0,
      requestInfo: {
        isResourceRequest: false,
        path,
        verb: "get",
        apiPrefix: "",
        apiGroup: "",
        apiVersion: "",
        namespace: "",
        resource: "",
        subresource: "",
        name: "",
        parts: [],
        fieldSelector: "",
        labelSelector: "",
      },
      user: { name: "u", groups: [] },
      signal: new AbortController().signal,
      warnings,
      cacheControl: "no-cache, private",
      longRunning: false,
      impersonator: undefined,
      audit: { id: "", annotate() {} },
    },
    status: 200,
    body: undefined,
    get: (name) => String(req.headers[name.toLowerCase()] ?? ""),
    set: (name, value) => {
      res.setHeader(name, value);
    },
  };
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  raw: Buffer;
  text: string;
}

type Handler = (context: RequestContext) => unknown;

function answer(status: number, headers: http.IncomingHttpHeaders, raw: Buffer): Answer {
  const body = headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw;
  return { status, headers, raw, text: body.toString("utf8") };
}

/** One request to `handler` over HTTP/1.1. */
export async function overHttp1(
  handler: Handler,
  headers: http.OutgoingHttpHeaders = {},
  path = "/",
  warnings: string[] = [],
  method = "GET",
): Promise<Answer> {
  const failure: unknown[] = [];
  const server = http.createServer((req, res) => {
    Promise.resolve()
      .then(() => handler(contextOf(req, res, warnings)))
      .catch((error: unknown) => {
        failure.push(error);
        res.destroy();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server.address());
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const request = http.request({ port, host: "127.0.0.1", path, headers, method, agent: false }, (res) => {
        const chunks: Buffer[] = [];
        res.on("data", (chunk: Buffer) => chunks.push(chunk));
        res.on("end", () => resolve(answer(res.statusCode ?? 0, res.headers, Buffer.concat(chunks))));
        res.on("error", (error) => reject(failure[0] ?? error));
      });
      request.on("error", (error) => reject(failure[0] ?? error));
      request.end();
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** One request to `handler` over HTTP/2. */
export async function overHttp2(
  handler: Handler,
  headers: http2.OutgoingHttpHeaders = {},
  path = "/",
): Promise<Answer> {
  const server = http2.createServer((req, res) => void handler(contextOf(req, res)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = http2.connect(`http://127.0.0.1:${portOf(server.address())}`);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const stream = client.request({ ":path": path, ...headers });
      let received: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader = {};
      const chunks: Buffer[] = [];
      stream.on("response", (got) => {
        received = got;
      });
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => resolve(answer(received[":status"] ?? 0, received, Buffer.concat(chunks))));
      stream.on("error", reject);
      stream.end();
    });
  } finally {
    client.destroy();
    server.close();
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new TypeError("no port");
  return address.port;
}

/** An object with canonical bytes at a revision. */
export function encodedOf(object: KubeObject, revision = 7): EncodedObject {
  const bytes = spliceRevision(encodeObject(object), revision);
  const renditions = new Map<string, Buffer>();
  const parsed: KubeObject = JSON.parse(bytes.toString("utf8"));
  return {
    bytes,
    object: parsed,
    rendition(key, make) {
      const known = renditions.get(key) ?? make();
      renditions.set(key, known);
      return known;
    },
  };
}

function versionOf(name: string, storage: boolean): VersionDescriptor {
  return {
    group: "example.com",
    version: name,
    apiVersion: `example.com/${name}`,
    kind: "Rollout",
    listKind: "RolloutList",
    storage,
    served: true,
    deprecationWarning: undefined,
    schema: { type: "object" },
    normaliser: { normalise: (input) => input, validate: () => undefined },
    zeroFields: {},
    hooks: {
      default: undefined,
      begin: undefined,
      prepareForCreate: undefined,
      prepareForUpdate: undefined,
      prepareForPartUpdate: undefined,
      validate: undefined,
      validateUpdate: undefined,
      prepareForDelete: undefined,
      gracePeriod: undefined,
      afterDelete: undefined,
      heldBy: undefined,
      authorize: undefined,
      answer: undefined,
      readObjects: undefined,
    },
    columns: [
      {
        name: "Name",
        type: "string",
        format: "name",
        description: "the name",
        priority: 0,
        cell: (o) => o.metadata.name ?? "",
      },
      {
        name: "Age",
        type: "date",
        format: "",
        description: "<age>",
        priority: 0,
        cell: (o) => o.metadata.creationTimestamp ?? null,
      },
    ],
    selectableFields: new Map(),
    specField: "spec",
    statusField: undefined,
    scale: undefined,
    subresources: new Map(),
    parts: new Map(),
    recordedRules: 0,
    toStorage: (object) => object,
    fromStorage: (object) => (storage ? object : { ...object, converted: true }),
    description: "",
  };
}

/** The storage version and an older one. */
export const v1 = versionOf("v1", true);
export const v1beta1 = versionOf("v1beta1", false);

/** A resource of either flavour. */
export function descriptorOf(flavour: "typed" | "custom"): ResourceDescriptor {
  return {
    group: "example.com",
    resource: "rollouts",
    singular: "rollout",
    kind: "Rollout",
    listKind: "RolloutList",
    shortNames: [],
    categories: [],
    namespaced: true,
    flavour,
    nameFormat: "subdomain",
    ttlSeconds: undefined,
    createOnUpdate: false,
    unconditionalUpdate: false,
    garbageCollection: "background",
    returnDeletedObject: false,
    statusMetadata: false,
    statusOnCreate: false,
    stored: true,
    verbs: new Set(),
    servedVersions: [v1, v1beta1],
    versions: new Map([
      ["v1", v1],
      ["v1beta1", v1beta1],
    ]),
    storageVersion: v1,
    storedIn: { group: "example.com", resource: "rollouts" },
    keyPrefix: "/registry/example.com/rollouts/",
    source: "test",
  };
}

/** A small object. */
export function rollout(name: string, extra: KubeObject["spec"] = { image: "a" }): KubeObject {
  return {
    kind: "Rollout",
    apiVersion: "example.com/v1",
    metadata: { name, namespace: "demo", uid: `uid-${name}`, generation: 1, creationTimestamp: "2020-01-01T00:00:00Z" },
    spec: extra,
  };
}
