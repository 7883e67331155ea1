import { INTEGER, mergeCases, object, oneVersion, PRESERVE, STRING } from "./merge-case.fixture.js";

const versions = oneVersion({
  any: PRESERVE,
  free: { type: "object", ...PRESERVE },
  empty: { type: "object" },
  mixed: object({ known: INTEGER, inner: object({ a: STRING }) }, PRESERVE),
  port: { "x-kubernetes-int-or-string": true },
  raw: { type: "object", ...PRESERVE, "x-kubernetes-embedded-resource": true },
});

mergeCases("types deduced from values", versions, [
  {
    name: "objects are granular",
    writes: [
      { apply: "ann", config: { free: { a: 1, b: { c: "x" } } } },
      { apply: "ben", config: { free: { b: { d: "y" } } } },
    ],
    object: { free: { a: 1, b: { c: "x", d: "y" } } },
    owners: { ann: [".free.a", ".free.b", ".free.b.c"], ben: [".free.b", ".free.b.d"] },
  },
  {
    name: "lists are atomic",
    writes: [
      { apply: "ann", config: { free: { list: [1, 2] } } },
      { apply: "ben", config: { free: { list: [3] } }, conflict: 'conflict with "ann": .free.list' },
    ],
    object: { free: { list: [1, 2] } },
    owners: { ann: [".free.list"] },
  },
  {
    name: "an object of no properties is deduced",
    writes: [
      { apply: "ann", config: { empty: { a: { b: 1 } } } },
      { apply: "ann", config: { empty: { a: { c: 1 } } } },
    ],
    object: { empty: { a: { c: 1 } } },
    owners: { ann: [".empty.a", ".empty.a.c"] },
  },
  {
    name: "any value may be anywhere",
    writes: [
      { apply: "ann", config: { any: "x" } },
      { apply: "ann", config: { any: 1 } },
    ],
    object: { any: 1 },
    owners: { ann: [".any"] },
  },
  {
    name: "a scalar becomes an object",
    writes: [
      { apply: "ann", config: { free: { a: "x" } } },
      { apply: "ann", config: { free: { a: { b: 1 } } } },
    ],
    object: { free: { a: { b: 1 } } },
    owners: { ann: [".free.a", ".free.a.b"] },
  },
  {
    name: "an object becomes a scalar",
    writes: [
      { apply: "ann", config: { free: { a: { b: 1 } } } },
      { apply: "ann", config: { free: { a: "x" } } },
    ],
    object: { free: { a: "x" } },
    owners: { ann: [".free.a"] },
  },
  {
    name: "an object that becomes a list is a conflict",
    writes: [
      { apply: "ann", config: { free: { a: { b: 1 } } } },
      { apply: "ben", config: { free: { a: [1] } }, conflict: 'conflict with "ann": .free.a' },
      { apply: "ben", config: { free: { a: [1] } }, force: true },
    ],
    object: { free: { a: [1] } },
    owners: { ben: [".free.a"] },
  },
  {
    name: "a list becomes an object by an update",
    writes: [
      { apply: "ann", config: { free: { a: [1] } } },
      { update: "ben", object: { free: { a: { b: 1 } } } },
    ],
    object: { free: { a: { b: 1 } } },
    owners: { ben: [".free.a", ".free.a.b"] },
  },
  {
    name: "declared fields beside unknown ones are typed",
    writes: [
      { apply: "ann", config: { mixed: { known: 1, inner: { a: "x" }, more: { b: 1 } } } },
      { apply: "ben", config: { mixed: { inner: { zed: [1] } } } },
    ],
    object: { mixed: { known: 1, inner: { a: "x", zed: [1] }, more: { b: 1 } } },
    owners: {
      ann: [".mixed.known", ".mixed.more", ".mixed.inner.a", ".mixed.more.b"],
      ben: [".mixed.inner.zed"],
    },
  },
  {
    name: "a number or a text is one value",
    writes: [
      { apply: "ann", config: { port: 80 } },
      { apply: "ben", config: { port: "http" }, conflict: 'conflict with "ann": .port' },
      { apply: "ben", config: { port: "http" }, force: true },
    ],
    object: { port: "http" },
    owners: { ben: [".port"] },
  },
  {
    name: "null and a scalar change places",
    writes: [
      { apply: "ann", config: { any: null } },
      { update: "ben", object: { any: 2 } },
    ],
    object: { any: 2 },
    owners: { ben: [".any"] },
  },
  {
    name: "an embedded resource has the metadata of an object",
    writes: [
      { apply: "ann", config: { raw: { apiVersion: "v1", kind: "A", metadata: { finalizers: ["x/a"] } } } },
      { apply: "ben", config: { raw: { metadata: { finalizers: ["x/b"], labels: { a: "1" } } } } },
    ],
    object: {
      raw: { apiVersion: "v1", kind: "A", metadata: { finalizers: ["x/a", "x/b"], labels: { a: "1" } } },
    },
    owners: {
      ann: [".raw.apiVersion", ".raw.kind", '.raw.metadata.finalizers[="x/a"]'],
      ben: ['.raw.metadata.finalizers[="x/b"]', ".raw.metadata.labels.a"],
    },
  },
]);
