import type { KubeObject } from "@quarterdeck/meta";
import { createResourceStore } from "../src/cached-resource-store.js";
import type { ListOptions, ResourceStore, WriteResult } from "../src/resource-store.js";
import type { ResourceStoreOptions } from "../src/store-options.js";
import type { StoredObject } from "../src/stored-object.js";
import { WrappedStorage } from "./wrapped-storage.js";

const PREFIX = "/registry/configmaps/";

/** A store of a namespaced resource that is loaded. */
export async function startStore(
  storage: WrappedStorage,
  options: Partial<ResourceStoreOptions> = {},
  clock: () => number = Date.now,
): Promise<ResourceStore> {
  const descriptor = { keyPrefix: PREFIX, namespaced: true, ttlSeconds: undefined };
  const retryMilliseconds = { first: 1, longest: 4 };
  const store = createResourceStore({
    storage,
    descriptor,
    clock,
    options: { freshMilliseconds: 10_000, retryMilliseconds, ...options },
  });
  await store.start();
  return store;
}

export function configMap(namespace: string, name: string, data: { [key: string]: string } = {}): KubeObject {
  return { kind: "ConfigMap", apiVersion: "v1", metadata: { name, namespace, labels: { ...data } }, data };
}

/** The state that a write led to; throws on a conflict. */
export function written(result: WriteResult): StoredObject {
  if ("written" in result) return result.written;
  throw new Error("the write met a conflict");
}

/** Creates or replaces an object. */
export async function put(
  store: ResourceStore,
  path: string,
  data: { [key: string]: string } = {},
): Promise<StoredObject> {
  const [namespace = "", name = ""] = path.split("/");
  const current = await store.get({ namespace, name }, {});
  const object = configMap(namespace, name, data);
  return written(await (current ? store.replace(current, object) : store.create({ namespace, name }, object)));
}

export async function drop(store: ResourceStore, path: string): Promise<StoredObject> {
  const [namespace = "", name = ""] = path.split("/");
  const current = await store.get({ namespace, name }, {});
  if (current === undefined) throw new Error(`${path} does not exist`);
  return written(await store.remove(current));
}

export function listOptions(options: Partial<ListOptions> = {}): ListOptions {
  return { namespace: "", limit: 0, ...options };
}

/** `namespace/name @revision` of each. */
export function lines(objects: readonly StoredObject[]): string[] {
  return objects.map(({ namespace, name, revision }) => `${namespace}/${name} @${revision}`);
}

/** Waits for a condition that other tasks bring about. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
