import type { Sight } from "./history.js";

/** The namespace that all recorded objects live in. */
export const NAMESPACE = "proof";
const VALUE = "proof.example.com/value";

/** An object as far as a history is concerned. */
export interface RecordedObject {
  readonly metadata: {
    readonly name?: string;
    readonly resourceVersion: string;
    readonly labels?: { readonly side?: string };
    readonly annotations?: { readonly [name: string]: string };
  };
}

/** A native and a decorated kind, so that both ways through the server are recorded. */
export interface Collection {
  readonly resource: string;
  readonly path: string;
  readonly body: object;
}

export const COLLECTIONS: readonly Collection[] = [
  { resource: "configmaps", path: `/api/v1/namespaces/${NAMESPACE}/configmaps`, body: { data: { fixed: "1" } } },
  {
    resource: "rollouts",
    path: `/apis/delivery.example.com/v1/namespaces/${NAMESPACE}/rollouts`,
    body: { apiVersion: "delivery.example.com/v1", kind: "Rollout", spec: { image: "web:1" } },
  },
];

/** What a client sends to write a value. */
export function bodyOf(collection: Collection, name: string, value: string, side: string, expected?: number): object {
  const resourceVersion = expected === undefined ? {} : { resourceVersion: String(expected) };
  const metadata = { name, ...resourceVersion, labels: { side }, annotations: { [VALUE]: value } };
  return { ...collection.body, metadata };
}

/** What a client sees in an object. */
export function sightOf({ metadata }: RecordedObject): Sight {
  return {
    name: metadata.name ?? "",
    revision: Number(metadata.resourceVersion),
    value: metadata.annotations?.[VALUE] ?? "",
    side: metadata.labels?.side ?? "",
  };
}
