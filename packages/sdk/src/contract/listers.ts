import type { KubeObject, ObjectMeta } from "@quarterdeck/meta";
import type { Constructor } from "../plugin/constructor.js";
import { INJECTION_TOKEN } from "../plugin/injection-token.js";
import type { Lister, ObjectChange, ResourceReference } from "./lister.js";

/** One change of one object, of which only the metadata was read. It is shared, never change it. */
export interface MetadataChange extends Pick<ObjectChange, "type"> {
  /** As it is now; of a deleted object its last state. */
  readonly metadata: ObjectMeta;
}

/** Listers of resources that are known only at run time; `@ListerOf` is for all others. Injected by the class as token. */
export abstract class Listers {
  static readonly [INJECTION_TOKEN]: string = "listers";
  /** Undefined when the resource is not served or nothing of it is stored; usable from `start` on. */
  abstract of<T extends object>(target: Constructor<T>): Lister<T> | undefined;
  abstract of(target: ResourceReference): Lister<KubeObject> | undefined;
  /**
   * As `observe` of a lister, for those who need no more than metadata, which costs much less: no object is parsed, or kept
   * so, for their sake. Undefined where `of` is.
   */
  abstract observeMetadata(
    target: ResourceReference,
    onChange: (change: MetadataChange) => void,
    onCurrent?: () => void,
  ): (() => void) | undefined;
}
