import type { RequestInfo } from "@quarterdeck/sdk";

function key(info: RequestInfo, namespace: string, name: string): string {
  return `${info.apiGroup}/${info.resource}/${namespace}/${name}`;
}

/** How many watches there are for what: an event costs as much as it has watchers. */
export class WatchCounts {
  readonly #counts = new Map<string, number>();

  /** A watch begins; what this gives is to be called at its end. */
  add(info: RequestInfo): () => void {
    const place = key(info, info.namespace, info.name);
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1);
    return () => {
      const left = (this.#counts.get(place) ?? 0) - 1;
      if (left > 0) this.#counts.set(place, left);
      else this.#counts.delete(place);
    };
  }

  /** The watches that hear of a write. */
  interestedIn(info: RequestInfo): number {
    if (this.#counts.size === 0) return 0;
    const { namespace, name } = info;
    let sum = this.#counts.get(key(info, "", "")) ?? 0;
    if (namespace !== "") sum += this.#counts.get(key(info, namespace, "")) ?? 0;
    if (name !== "") sum += this.#counts.get(key(info, namespace, name)) ?? 0;
    return sum;
  }
}
