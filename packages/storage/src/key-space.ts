import { StatusError } from "@quarterdeck/meta";
import type { ObjectKey } from "./resource-store.js";

function isSegment(text: string): boolean {
  return text !== "" && text !== "." && text !== ".." && !text.includes("/") && !text.includes("\0");
}

/** The keys of one resource: `<prefix><namespace>/<name>`, or `<prefix><name>` for a cluster-scoped one. */
export class KeySpace {
  constructor(
    /** Ends with a slash. */
    readonly prefix: string,
    readonly namespaced: boolean,
  ) {}

  /** The key of an object; undefined when there cannot be one, so that no key ever leaves the prefix. */
  find(key: ObjectKey): string | undefined {
    if (!isSegment(key.name)) return undefined;
    if (!this.namespaced) return key.namespace === "" ? this.prefix + key.name : undefined;
    return isSegment(key.namespace) ? `${this.prefix}${key.namespace}/${key.name}` : undefined;
  }

  /** As {@link find}, but throws 400. */
  keyOf(key: ObjectKey): string {
    const found = this.find(key);
    if (found !== undefined) return found;
    throw StatusError.badRequest(`invalid key: ${JSON.stringify(`${key.namespace}/${key.name}`)}`);
  }

  /** What all keys of a namespace begin with; the whole prefix for an empty one. Throws 400. */
  scope(namespace: string): string {
    if (namespace === "") return this.prefix;
    if (this.namespaced && isSegment(namespace)) return `${this.prefix}${namespace}/`;
    throw StatusError.badRequest(`invalid key: ${JSON.stringify(namespace)}`);
  }

  /** Whether `rest`, the part of a key behind its scope, has the shape of this resource's keys. */
  fits(namespace: string, rest: string): boolean {
    const parts = rest.split("/", 3);
    return parts.length === (this.namespaced && namespace === "" ? 2 : 1) && parts.every(isSegment);
  }

  /** The name in a key of this resource. */
  nameOf(key: string): string {
    return key.slice(key.lastIndexOf("/") + 1);
  }

  /** The namespace in a key of this resource; empty for a cluster-scoped one. */
  namespaceOf(key: string): string {
    return this.namespaced ? key.slice(this.prefix.length, key.lastIndexOf("/")) : "";
  }

  /** Whether a stored key can belong to an object of this resource. */
  owns(key: string): boolean {
    return this.parse(key) !== undefined;
  }

  /** The object that a stored key belongs to; undefined for a key of another shape. */
  parse(key: string): ObjectKey | undefined {
    if (!key.startsWith(this.prefix)) return undefined;
    const start = this.prefix.length;
    const slash = key.indexOf("/", start);
    if (!this.namespaced) {
      return slash === -1 && key.length > start ? { namespace: "", name: key.slice(start) } : undefined;
    }
    if (slash <= start || slash === key.length - 1 || key.includes("/", slash + 1)) return undefined;
    return { namespace: key.slice(start, slash), name: key.slice(slash + 1) };
  }
}
