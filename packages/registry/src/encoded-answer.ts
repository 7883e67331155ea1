import type { KubeObject } from "@quarterdeck/meta";
import type { EncodedObject } from "@quarterdeck/wire";

/** An object that is answered but never stored, in the form in which stored ones are answered. */
export class EncodedAnswer implements EncodedObject {
  readonly bytes: Buffer;
  private readonly renditions = new Map<string, Buffer>();

  constructor(readonly object: KubeObject) {
    this.bytes = Buffer.from(JSON.stringify(object));
  }

  rendition(key: string, make: () => Buffer): Buffer {
    const made = this.renditions.get(key);
    if (made !== undefined) return made;
    const fresh = make();
    this.renditions.set(key, fresh);
    return fresh;
  }
}
