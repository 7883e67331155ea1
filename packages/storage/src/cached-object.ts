import type { KubeObject, ObjectMeta } from "@quarterdeck/meta";
import {
  type Allocate,
  encodeObject,
  type Labels,
  NO_LABELS,
  readLabels,
  readMetadata,
  spliceRevision,
} from "@quarterdeck/wire";
import type { ObjectOrigin } from "./object-origin.js";
import type { StoredObject } from "./stored-object.js";

function withRevision(value: Buffer, revision: number, allocate: Allocate | undefined): Buffer {
  try {
    return spliceRevision(value, revision, allocate);
  } catch {
    // Bytes that another program wrote are JSON, but not as this server writes it.
    return spliceRevision(encodeObject(JSON.parse(value.toString()) as KubeObject), revision, allocate);
  }
}

function copyOf(value: Buffer, allocate: Allocate): Buffer {
  const copy = allocate(value.length);
  value.copy(copy);
  return copy;
}

/**
 * A state in the watch cache. It starts as the bytes of the backend and grows on demand: the resourceVersion is
 * spliced in at the first use of `bytes` (the stored bytes are then let go), the object is parsed at the first use of
 * `object`. What can be made again is held within a budget.
 */
export class CachedObject implements StoredObject {
  /** The labels that were read last, those of the states before and after an event. */
  private static lastRead: readonly { readonly object: CachedObject; readonly labels: Labels }[] = [];
  #value: Buffer;
  #spliced = false;
  #object: KubeObject | undefined;
  #renditions: Map<string, Buffer> | undefined;
  readonly #origin: ObjectOrigin;

  /**
   * @param value The stored bytes; a resourceVersion in them is replaced.
   * @param object Their parsed form when it is at hand; it changes hands, and gets the resourceVersion.
   */
  constructor(
    readonly key: string,
    readonly revision: number,
    readonly createRevision: number,
    value: Buffer,
    origin: ObjectOrigin,
    object?: KubeObject,
  ) {
    this.#value = value;
    this.#origin = origin;
    if (object !== undefined) {
      if (revision > 0) object.metadata.resourceVersion = String(revision);
      this.#object = object;
      origin.budget?.charge(this, value.length);
    }
  }

  get namespace(): string {
    return this.#origin.keys.namespaceOf(this.key);
  }

  get name(): string {
    return this.#origin.keys.nameOf(this.key);
  }

  /** The bytes that this state holds now, for budgets. */
  get size(): number {
    return this.#value.length;
  }

  get bytes(): Buffer {
    // A dry run of a create has no revision, so nothing to splice.
    if (!this.#spliced && this.revision > 0) {
      this.#value = withRevision(this.#value, this.revision, this.#origin.allocate);
      this.#spliced = true;
    }
    return this.#value;
  }

  /** What the bytes are a piece of. */
  get memory(): ArrayBufferLike {
    return this.#value.buffer;
  }

  /** Moves the bytes into memory that is given; what is no object stays where it is, for its readers to find out. */
  settle(allocate: Allocate): void {
    try {
      this.#value = this.#spliced ? copyOf(this.#value, allocate) : withRevision(this.#value, this.revision, allocate);
      this.#spliced = true;
    } catch {
      this.#spliced = false;
    }
  }

  get labels(): Labels {
    if (this.#object !== undefined) return this.#object.metadata.labels ?? NO_LABELS;
    const [newest, older] = CachedObject.lastRead;
    if (newest?.object === this) return newest.labels;
    if (older?.object === this) return older.labels;
    const read = { object: this, labels: this.#readLabels() };
    // Whoever asks for one label asks for another: an event is matched against all watches at once.
    CachedObject.lastRead = newest === undefined ? [read] : [read, newest];
    return read.labels;
  }

  get metadata(): ObjectMeta {
    if (this.#object !== undefined) return this.#object.metadata;
    try {
      return readMetadata(this.bytes);
    } catch {
      return this.object.metadata;
    }
  }

  get object(): KubeObject {
    if (this.#object !== undefined) return this.#object;
    const object = JSON.parse(this.bytes.toString()) as KubeObject;
    this.#object = object;
    this.#origin.budget?.charge(this, this.#value.length);
    return object;
  }

  rendition(key: string, make: () => Buffer): Buffer {
    const known = this.#renditions?.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#renditions ??= new Map();
    this.#renditions.set(key, made);
    this.#origin.budget?.charge(this, made.length);
    return made;
  }

  #readLabels(): Labels {
    try {
      return readLabels(this.#value);
    } catch {
      return this.object.metadata.labels ?? NO_LABELS;
    }
  }

  /** Lets go of everything but the bytes. */
  release(): void {
    this.#object = undefined;
    this.#renditions = undefined;
  }

  /** The same state under another revision: how a deleted object is told. */
  withRevision(revision: number): CachedObject {
    return new CachedObject(this.key, revision, this.createRevision, this.#value, this.#origin);
  }
}
