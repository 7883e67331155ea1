import type { TestRequest } from "@quarterdeck/testing";
import fc from "fast-check";
import { type Mutation, mutation, strangeBody, VALID_BODIES, VALID_PATCHES } from "./fuzz-bodies.js";

/** A request to send; its path and body may only touch what is in its namespace. */
export interface FuzzRequest extends TestRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  /** The collection that a POST goes to as it should, with no query that keeps the object from being stored. */
  readonly creates: boolean;
}

const COLLECTIONS = [...VALID_BODIES.keys()];
const GOOD_NAMES = ["a", "b", "c", "d", "e", "f", "x.y"];
const ELSEWHERE = [
  "/api/v1/configmaps",
  "/api/v1/watch/namespaces/NS/configmaps",
  "/apis/delivery.example.com/v1/environments",
  "/apis/delivery.example.com/v1/environments/NS-env",
  "/apis/delivery.example.com/v1/rollouts",
  "/api/v1/namespaces",
  "/api",
  "/apis",
  "/apis/delivery.example.com",
  "/apis/delivery.example.com/v9/rollouts",
  "/openapi/v2",
  "/openapi/v3/api/v1",
  "/version",
  "/healthz",
  "/readyz/ping",
  "/",
];
const BAD_NAMES = ["A_b", "..", "%2e%2e", "a%00b", "a%2Fb", "%zz", "__proto__", "constructor", "x".repeat(260)];
const SUBRESOURCES = ["", "/status", "/scale", "/restart", "/wait", "/unknown", "/status/more"];
const STRANGE_METHODS = ["OPTIONS", "HEAD", "TRACE", "PUT", "PATCH", "DELETE", "POST", "GET"];
const QUERIES = [
  "dryRun=All",
  "dryRun=Some",
  "fieldValidation=Strict",
  "fieldValidation=Odd",
  "fieldManager=me",
  "limit=2",
  "limit=-5",
  "limit=x",
  "continue=abc",
  "labelSelector=a%3D1",
  "labelSelector=%21%21",
  "fieldSelector=metadata.name%3Da",
  "fieldSelector=spec.image%3Da",
  "resourceVersion=1",
  "resourceVersion=abc",
  "resourceVersion=1&resourceVersionMatch=Exact",
  "resourceVersionMatch=Exact",
  "sendInitialEvents=true",
  "watch=1&timeoutSeconds=1",
  "watch=true&resourceVersion=0&allowWatchBookmarks=1",
  "pretty=true",
  "timeout=30s",
  "timeout=abc",
  "propagationPolicy=Foreground",
  "gracePeriodSeconds=-1",
  "includeObject=Object",
  "force=true",
  "__proto__=x",
  "%00=%ff",
];
const TYPES = [
  "application/json",
  "application/yaml",
  "application/merge-patch+json",
  "application/json-patch+json",
  "application/strategic-merge-patch+json",
  "application/apply-patch+yaml",
  "application/vnd.kubernetes.protobuf",
  "text/plain",
  "application/json; charset=utf-8",
  "",
];
const ACCEPTS = [
  "application/json",
  "application/yaml",
  "*/*",
  "application/json;as=Table;v=v1;g=meta.k8s.io",
  "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
  "application/vnd.kubernetes.protobuf",
  "text/html",
  ";;;,,,q=",
];
const EXTRAS: readonly { readonly [name: string]: string }[] = [
  { "user-agent": "curl/8" },
  { "accept-encoding": "gzip" },
  { "content-encoding": "gzip" },
  { "if-none-match": "*" },
  { "impersonate-user": "root" },
  { "x-remote-user": "root" },
  { origin: "https://x.example" },
  { "audit-id": "x".repeat(200) },
  { "x-garbage": "\xff\xfe" },
];

/** A request that is right as far as it goes: whether the object is there is another question. */
interface Sound {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly name: string;
  readonly body: ((name: string) => string | Buffer) | undefined;
}

const collection = fc.constantFrom(...COLLECTIONS);
const name = fc.constantFrom(...GOOD_NAMES);

function onObject(method: string, subresource: string): fc.Arbitrary<Sound> {
  return fc.tuple(collection, name).map(([path, object]) => {
    const body = method === "PUT" ? VALID_BODIES.get(path) : undefined;
    return { method, path: `${path}/${object}${subresource}`, contentType: "application/json", name: object, body };
  });
}

const create: fc.Arbitrary<Sound> = fc.tuple(collection, name).map(([path, object]) => {
  return { method: "POST", path, contentType: "application/json", name: object, body: VALID_BODIES.get(path) };
});

const patch: fc.Arbitrary<Sound> = fc
  .tuple(collection, name, fc.constantFrom(...VALID_PATCHES), fc.nat())
  .map(([path, object, [contentType, bodies], pick]) => {
    return {
      method: "PATCH",
      path: `${path}/${object}`,
      contentType,
      name: object,
      body: bodies[pick % bodies.length],
    };
  });

const onCollection: fc.Arbitrary<Sound> = fc
  .tuple(fc.constantFrom("GET", "GET", "DELETE"), collection)
  .map(([method, path]) => ({ method, path, contentType: "", name: "a", body: undefined }));

const below: fc.Arbitrary<Sound> = fc
  .tuple(fc.constantFrom("GET", "PUT", "POST"), fc.constantFrom(...SUBRESOURCES))
  .chain(([method, subresource]) => onObject(method, subresource));

const sound = fc.oneof(
  { weight: 6, arbitrary: create },
  { weight: 3, arbitrary: onObject("GET", "") },
  { weight: 3, arbitrary: onObject("PUT", "") },
  { weight: 3, arbitrary: patch },
  { weight: 2, arbitrary: onObject("DELETE", "") },
  { weight: 1, arbitrary: onCollection },
  { weight: 2, arbitrary: below },
);

/** Mostly nothing, sometimes something strange. */
function rarely<T>(strange: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: strange });
}

const strangePath = fc.oneof(
  fc.tuple(collection, fc.constantFrom(...BAD_NAMES)).map(([path, bad]) => `${path}/${bad}`),
  fc.constantFrom(...ELSEWHERE),
  fc.webPath().map((text) => `/fuzz${text}`),
);

/** Random requests, most of them nearly right. `NS` in a path stands for the namespace that they are sent to. */
export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc
  .record({
    sound,
    method: rarely(fc.constantFrom(...STRANGE_METHODS)),
    path: rarely(strangePath),
    query: rarely(fc.constantFrom(...QUERIES)),
    contentType: rarely(fc.constantFrom(...TYPES)),
    accept: rarely(fc.constantFrom(...ACCEPTS)),
    extra: rarely(fc.constantFrom(...EXTRAS)),
    body: rarely(strangeBody),
    damage: fc.oneof(
      { weight: 2, arbitrary: fc.constant<Mutation[]>([]) },
      { weight: 1, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 3 }) },
    ),
    http: fc.oneof(
      { weight: 7, arbitrary: fc.constant(2 as const) },
      { weight: 1, arbitrary: fc.constant(1 as const) },
    ),
  })
  .map((drawn) => {
    const { http, query = "" } = drawn;
    const method = drawn.method ?? drawn.sound.method;
    const path = drawn.path ?? drawn.sound.path;
    const headers: { [name: string]: string } = { ...drawn.extra };
    const contentType = drawn.contentType ?? drawn.sound.contentType;
    if (contentType !== "") headers["content-type"] = contentType;
    if (drawn.accept !== undefined) headers.accept = drawn.accept;
    const made = (drawn.body ?? drawn.sound.body)?.(drawn.sound.name);
    const body = typeof made === "string" ? drawn.damage.reduce((text, mutate) => mutate(text), made) : made;
    const bodiless = body === undefined || ["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
    return {
      method,
      path: query === "" ? path : `${path}?${query}`,
      headers,
      http,
      ...(bodiless ? {} : { body }),
      creates: method === "POST" && COLLECTIONS.includes(path) && !query.startsWith("dryRun"),
    };
  });
