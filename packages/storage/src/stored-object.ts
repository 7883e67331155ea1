import type { ObjectMeta } from "@quarterdeck/meta";
import type { EncodedObject, Labels } from "@quarterdeck/wire";

/** One state of one object as the store has it; immutable. */
export interface StoredObject extends EncodedObject {
  readonly key: string;
  readonly name: string;
  /** Empty for cluster-scoped resources. */
  readonly namespace: string;
  /** The revision of the write that made this state, or of the delete that ended it. */
  readonly revision: number;
  readonly createRevision: number;
  /** `metadata.labels`, empty without any; read without parsing the object. */
  readonly labels: Labels;
  /** The object's metadata; read without parsing the rest of it, and not kept. */
  readonly metadata: ObjectMeta;
}
