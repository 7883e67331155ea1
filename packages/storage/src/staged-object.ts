import type { KubeObject, ObjectMeta } from "@quarterdeck/meta";
import type { Labels } from "@quarterdeck/wire";
import type { StoredObject } from "./stored-object.js";

/** A state that a transaction will make: without a resourceVersion before the commit, the stored state behind it. */
export class StagedObject implements StoredObject {
  constructor(private state: StoredObject) {}

  /** The commit took effect and made this state. */
  settle(state: StoredObject): void {
    this.state = state;
  }

  get key(): string {
    return this.state.key;
  }

  get name(): string {
    return this.state.name;
  }

  get namespace(): string {
    return this.state.namespace;
  }

  get revision(): number {
    return this.state.revision;
  }

  get createRevision(): number {
    return this.state.createRevision;
  }

  get labels(): Labels {
    return this.state.labels;
  }

  get metadata(): ObjectMeta {
    return this.state.metadata;
  }

  get bytes(): Buffer {
    return this.state.bytes;
  }

  get object(): KubeObject {
    return this.state.object;
  }

  rendition(key: string, make: () => Buffer): Buffer {
    return this.state.rendition(key, make);
  }
}
