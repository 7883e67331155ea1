/** The namespace that clients work in. */
export const NAMESPACE = "proof";
const VALUE = "proof.example.com/value";

/** One object as a client saw it. Every write that a test makes has a value of its own. */
export interface Sight {
  readonly name: string;
  readonly revision: number;
  readonly value: string;
  readonly side: string;
}

/** An object, as far as tests under load are concerned. */
export interface LoadObject {
  readonly metadata: {
    readonly name?: string;
    readonly resourceVersion: string;
    readonly labels?: { readonly side?: string };
    readonly annotations?: { readonly [name: string]: string };
  };
}

/** What clients write to and watch: a native and a decorated kind, so that both ways through the server are taken. */
export interface Collection {
  readonly resource: string;
  readonly path: string;
  readonly body: object;
}

export const COLLECTIONS: readonly Collection[] = [
  {
    resource: "configmaps",
    path: `/api/v1/namespaces/${NAMESPACE}/configmaps`,
    body: { apiVersion: "v1", kind: "ConfigMap", data: { fixed: "1" } },
  },
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
export function sightOf({ metadata }: LoadObject): Sight {
  return {
    name: metadata.name ?? "",
    revision: Number(metadata.resourceVersion),
    value: metadata.annotations?.[VALUE] ?? "",
    side: metadata.labels?.side ?? "",
  };
}
