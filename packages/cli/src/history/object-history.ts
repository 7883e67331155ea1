import { isJsonObject, type JsonObject } from "@quarterdeck/meta";
import type { ApiConnection } from "../client/api-connection.js";
import type { ServedResource } from "../client/served-resources.js";

/** One change of an object. */
export interface Change {
  readonly revision: number;
  readonly type: string;
  readonly user: string | undefined;
  readonly manager: string | undefined;
  /** RFC 3339. */
  readonly time: string | undefined;
  /** The state that the change made; undefined when it ended the object. */
  readonly object: JsonObject | undefined;
}

/** A page of the changes of an object, newest first. */
export interface Changes {
  readonly changes: readonly Change[];
  readonly more: boolean;
  /** True when there may have been older changes that the storage does not remember. */
  readonly forgotten: boolean;
}

/** An object as the command line names it. */
export interface NamedObject {
  readonly resource: ServedResource;
  /** Empty for cluster-scoped resources. */
  readonly namespace: string;
  readonly name: string;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function changeOf(item: unknown): Change {
  const { resourceVersion, type, user, manager, time, object } = Object(item);
  return {
    revision: Number(resourceVersion),
    type: text(type) ?? "",
    user: text(user),
    manager: text(manager),
    time: text(time),
    object: isJsonObject(object) ? object : undefined,
  };
}

/** Asks the server for changes of an object, newest first. */
export async function readChanges(
  connection: ApiConnection,
  { resource, namespace, name }: NamedObject,
  page: { readonly limit: number; readonly before?: number },
): Promise<Changes> {
  const query = new URLSearchParams({
    resource: resource.resource,
    group: resource.group,
    version: resource.version,
    namespace,
    name,
    limit: String(page.limit),
  });
  if (page.before !== undefined) query.set("before", String(page.before));
  const { items, metadata } = await connection.json(`/quarterdeck/v1/history?${query}`);
  const changes = Array.isArray(items) ? items.map(changeOf) : [];
  const more = Object(metadata).more === true;
  return { changes, more, forgotten: !more && changes.at(-1)?.type !== "created" };
}
