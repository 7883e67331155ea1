import type { Listers, ObjectChange, ServedResources } from "@quarterdeck/sdk";
import { resourceOfKey } from "./counted-resource.js";
import { isMeasured } from "./measure.js";

const VERBS = ["create", "list", "watch", "delete"];

/** Listens to the resources that quotas count, each for as long as one does. */
export class CountedObjects {
  readonly #wanted = new Map<string, ReadonlySet<string>>();
  /** How many quotas count a resource. */
  readonly #quotas = new Map<string, number>();
  readonly #ends = new Map<string, () => void>();

  constructor(
    private readonly served: ServedResources,
    private readonly listers: Listers,
    /** Told of a namespace in which there is more or less of a resource, by `resource.group`. */
    private readonly changed: (key: string, namespace: string) => void,
  ) {}

  /** Which resources a quota counts; none when it is gone. */
  want(quota: string, keys: ReadonlySet<string>): void {
    const before = this.#wanted.get(quota) ?? new Set();
    if (keys.size === 0) this.#wanted.delete(quota);
    else this.#wanted.set(quota, keys);
    for (const key of keys) if (!before.has(key)) this.#count(key, 1);
    for (const key of before) if (!keys.has(key)) this.#count(key, -1);
  }

  /** True when a quota counts the resource. */
  isWanted(quota: string, key: string): boolean {
    return this.#wanted.get(quota)?.has(key) === true;
  }

  /** The objects of a resource in a namespace; undefined for what is not served or cannot be counted. */
  list(key: string, namespace: string) {
    const resource = this.served.find(resourceOfKey(key));
    if (resource === undefined || !resource.namespaced) return undefined;
    if (!VERBS.every((verb) => resource.verbs.includes(verb))) return undefined;
    return this.listers.of(resource)?.list(namespace);
  }

  end(): void {
    for (const quota of [...this.#wanted.keys()]) this.want(quota, new Set());
  }

  /** One more or one less quota that counts a resource: the first begins to listen, the last ends that. */
  #count(key: string, change: 1 | -1): void {
    const count = (this.#quotas.get(key) ?? 0) + change;
    this.#quotas.set(key, count);
    if (count === 1 && change === 1) this.#observe(key);
    if (count > 0) return;
    this.#quotas.delete(key);
    this.#ends.get(key)?.();
    this.#ends.delete(key);
  }

  #observe(key: string): void {
    const lister = this.listers.of(resourceOfKey(key));
    if (lister === undefined) return;
    const tell = ({ type, object }: ObjectChange): void => {
      if (type === "MODIFIED" && !isMeasured(key)) return;
      this.changed(key, object.metadata.namespace ?? "");
    };
    this.#ends.set(key, lister.observe(tell));
  }
}
