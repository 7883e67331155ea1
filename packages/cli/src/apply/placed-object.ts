import { formatApiVersion, formatGroupKind, isJsonObject, type JsonObject } from "@quarterdeck/meta";
import type { ServedResource } from "../client/served-resources.js";
import { UsageError } from "../usage-error.js";
import type { Manifest } from "./manifest.js";

/** An object, and where on the server it belongs. */
export interface PlacedObject extends Manifest {
  /** The path that it is applied to. */
  readonly path: string;
  /** As kubectl prints it: `configmap/web`, `rollout.delivery.example.com/web`. */
  readonly title: string;
  /** True for a namespace: what goes into it can only follow. */
  readonly isNamespace: boolean;
}

/** Which namespace an object gets that names none, and whether it may name another. */
export interface NamespaceChoice {
  readonly namespace: string;
  /** The namespace was asked for, and is not just the usual one. */
  readonly asked: boolean;
}

function text(from: JsonObject, key: string, { source }: Manifest, what = key): string {
  const value = from[key];
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`${source}: ${what} is required and must be a string`);
}

function namespaceOf(metadata: JsonObject, { namespace, asked }: NamespaceChoice, source: string): string {
  const own = metadata.namespace;
  if (typeof own !== "string" || own === "") return namespace;
  if (!asked || own === namespace) return own;
  const why = `the namespace "${own}" of the object is not "${namespace}"`;
  throw new UsageError(`${source}: ${why}: pass --namespace ${own}, or none`);
}

/** Finds what an object is by what the server serves, and puts it into its namespace; throws {@link UsageError}. */
export function placeObject(
  manifest: Manifest,
  resources: readonly ServedResource[],
  choice: NamespaceChoice,
): PlacedObject {
  const { object, source } = manifest;
  const apiVersion = text(object, "apiVersion", manifest);
  const kind = text(object, "kind", manifest);
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const name = text(metadata, "name", manifest, "metadata.name");
  const found = resources.find((one) => one.kind === kind && formatApiVersion(one) === apiVersion);
  if (found === undefined) {
    throw new UsageError(`${source}: the server serves no kind "${kind}" in version "${apiVersion}"`);
  }
  const { group, resource, namespaced } = found;
  const namespace = namespaced ? namespaceOf(metadata, choice, source) : "";
  const root = group === "" ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
  const scope = namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return {
    source,
    object: namespaced ? { ...object, metadata: { ...metadata, namespace } } : object,
    path: `${root}${scope}/${resource}/${encodeURIComponent(name)}`,
    title: `${formatGroupKind({ group, kind: kind.toLowerCase() })}/${name}`,
    isNamespace: group === "" && resource === "namespaces",
  };
}
