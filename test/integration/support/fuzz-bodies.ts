import fc from "fast-check";

const KEYS = [
  "metadata",
  "name",
  "namespace",
  "labels",
  "annotations",
  "finalizers",
  "ownerReferences",
  "resourceVersion",
  "uid",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "managedFields",
  "spec",
  "status",
  "data",
  "binaryData",
  "immutable",
  "type",
  "steps",
  "env",
  "extensions",
  "replicas",
  "kind",
  "apiVersion",
  "op",
  "path",
  "value",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "",
];

const TEXTS = [
  "",
  "a",
  "x/y",
  "..",
  "\0",
  "\ud800",
  "null",
  "1",
  "true",
  "2020-01-01T00:00:00Z",
  "ConfigMap",
  "v1",
  "ünïcode",
  "%",
];

const key = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: fc.string() });

/** Any JSON as text, so that repeated keys and `__proto__` survive. */
const jsonText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.oneof(fc.constantFrom(...TEXTS), fc.string()).map((text) => JSON.stringify(text)),
    fc.constantFrom("null", "true", "false", "0", "-1", "1.5", "1e308", "9007199254740993", "2147483648"),
    fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
    fc
      .array(fc.tuple(key, tie("value")), { maxLength: 5 })
      .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`),
  ),
})).value;

function metadataOf(name: string): string {
  return `"metadata":{"name":${JSON.stringify(name)},"labels":{"a":"1"},"annotations":{"b":"2"}}`;
}

/** A body as text, for the object of this name. */
export type BodyOf = (name: string) => string;

const map: BodyOf = (name) => `{${metadataOf(name)},"data":{"k":"v"}}`;
const rollout: BodyOf = (name) =>
  `{"apiVersion":"delivery.example.com/v1","kind":"Rollout",${metadataOf(name)},"spec":{"image":"a","env":{"A":"1"},"extensions":{"x":[1,{"y":null}]}}}`;

/** What each collection takes as it is. */
export const VALID_BODIES: ReadonlyMap<string, BodyOf> = new Map<string, BodyOf>([
  ["/api/v1/namespaces/NS/configmaps", map],
  ["/api/v1/namespaces/NS/secrets", (name) => `{${metadataOf(name)},"stringData":{"k":"v"}}`],
  ["/apis/delivery.example.com/v1/namespaces/NS/rollouts", rollout],
  [
    "/apis/delivery.example.com/v1beta1/namespaces/NS/rollouts",
    (name) =>
      `{"apiVersion":"delivery.example.com/v1beta1","kind":"Rollout",${metadataOf(name)},"spec":{"image":"a","copies":2}}`,
  ],
  [
    "/apis/example.com/v1/namespaces/NS/widgets",
    (name) => `{"apiVersion":"example.com/v1","kind":"Widget",${metadataOf(name)},"spec":{"size":1,"colour":"red"}}`,
  ],
]);

/** By media type, what a PATCH takes; the first changes something each time. */
export const VALID_PATCHES: ReadonlyMap<string, readonly BodyOf[]> = new Map<string, readonly BodyOf[]>([
  [
    "application/merge-patch+json",
    [
      () => `{"metadata":{"annotations":{"n":"${Math.random()}"}}}`,
      () => '{"metadata":{"labels":{"a":null,"d":"4"}}}',
      () => '{"metadata":{"finalizers":["example.com/x"]}}',
      () => '{"metadata":{"finalizers":null}}',
    ],
  ],
  [
    "application/json-patch+json",
    [
      () => '[{"op":"add","path":"/metadata/labels/c","value":"3"}]',
      () => '[{"op":"remove","path":"/metadata/labels"}]',
    ],
  ],
]);

const SCALE: BodyOf = (name) =>
  `{"kind":"Scale","apiVersion":"autoscaling/v1",${metadataOf(name)},"spec":{"replicas":3}}`;
const OPTIONS: BodyOf = () => '{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background"}';
const YAML: BodyOf = (name) => `metadata:\n  name: ${JSON.stringify(name)}\ndata:\n  k: v\n`;
const ALL_BODIES = [...VALID_BODIES.values(), ...[...VALID_PATCHES.values()].flat(), SCALE, OPTIONS, YAML];

/** One change to the text of a body. */
export type Mutation = (text: string) => string;

const at = fc.nat({ max: 400 });

/** Small damage, of which some leaves a body valid. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  at.map(
    (length): Mutation =>
      (text) =>
        text.slice(0, length),
  ),
  fc.tuple(at, jsonText).map(
    ([place, value]): Mutation =>
      (text) => {
        // A member in front of one that is there: new, or repeated.
        const brace = text.indexOf("{", place % Math.max(1, text.length));
        return brace === -1
          ? text
          : `${text.slice(0, brace + 1)}"${KEYS[place % KEYS.length]}":${value},${text.slice(brace + 1)}`;
      },
  ),
  fc.tuple(at, jsonText).map(
    ([place, value]): Mutation =>
      (text) => {
        const colon = text.indexOf(":", place % Math.max(1, text.length));
        const end = text.slice(colon + 1).search(/[,}]/);
        return colon === -1 || end === -1 ? text : text.slice(0, colon + 1) + value + text.slice(colon + 1 + end);
      },
  ),
  fc.tuple(at, fc.string({ maxLength: 3 })).map(
    ([place, noise]): Mutation =>
      (text) =>
        text.slice(0, place) + noise + text.slice(place + noise.length),
  ),
  fc.nat({ max: 20_000 }).map(
    (depth): Mutation =>
      (text) =>
        text.replace("}", `,"deep":${"[".repeat(depth)}${"]".repeat(depth)}}`),
  ),
);

/** Bodies that belong to another request, or to none. */
export const strangeBody: fc.Arbitrary<(name: string) => string | Buffer> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ALL_BODIES) },
  { weight: 2, arbitrary: jsonText.map((text) => () => text) },
  { weight: 1, arbitrary: fc.string().map((text) => () => text) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => () => Buffer.from(bytes)) },
);
