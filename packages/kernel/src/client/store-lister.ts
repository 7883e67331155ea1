import type { KubeObject } from "@quarterdeck/meta";
import type { Lister, ObjectChange } from "@quarterdeck/sdk";
import type { ResourceStore } from "@quarterdeck/storage";
import type { ObjectObservers } from "./object-observers.js";

/** A lister over the watch cache of one resource; the objects are those of the storage version. */
export class StoreLister implements Lister {
  constructor(
    private readonly store: ResourceStore,
    private readonly observers: ObjectObservers,
  ) {}

  get(name: string, namespace = ""): KubeObject | undefined {
    return this.store.peek({ namespace, name })?.object;
  }

  list(namespace = ""): readonly KubeObject[] {
    return this.store.peekAll(namespace).map((stored) => stored.object);
  }

  async getFresh(name: string, namespace = ""): Promise<KubeObject | undefined> {
    return (await this.store.get({ namespace, name }, {}))?.object;
  }

  observe(onChange: (change: ObjectChange) => void, onCurrent?: () => void): () => void {
    return this.observers.observe(this.store, (type, { object }) => onChange({ type, object }), onCurrent);
  }
}
