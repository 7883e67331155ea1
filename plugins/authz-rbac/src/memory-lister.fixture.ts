import type { KubeObject } from "@quarterdeck/meta";
import type { Lister, ObjectChange } from "@quarterdeck/sdk";

/** A lister over objects that a test writes. */
export class MemoryLister implements Lister {
  readonly #objects = new Map<string, KubeObject>();
  readonly #observers = new Set<(change: ObjectChange) => void>();

  constructor(objects: readonly KubeObject[] = []) {
    for (const object of objects) this.#objects.set(this.#key(object), object);
  }

  get(name: string, namespace = ""): KubeObject | undefined {
    return this.#objects.get(`${namespace}/${name}`);
  }

  list(): readonly KubeObject[] {
    return [...this.#objects.values()];
  }

  async getFresh(name: string, namespace = ""): Promise<KubeObject | undefined> {
    return this.get(name, namespace);
  }

  observe(onChange: (change: ObjectChange) => void): () => void {
    this.#observers.add(onChange);
    for (const object of this.#objects.values()) onChange({ type: "ADDED", object });
    return () => this.#observers.delete(onChange);
  }

  put(object: KubeObject): void {
    const type = this.#objects.has(this.#key(object)) ? "MODIFIED" : "ADDED";
    this.#objects.set(this.#key(object), object);
    for (const one of this.#observers) one({ type, object });
  }

  remove(object: KubeObject): void {
    this.#objects.delete(this.#key(object));
    for (const one of this.#observers) one({ type: "DELETED", object });
  }

  get observed(): boolean {
    return this.#observers.size > 0;
  }

  #key({ metadata }: KubeObject): string {
    return `${metadata.namespace ?? ""}/${metadata.name ?? ""}`;
  }
}
