import type { StoredObject } from "./stored-object.js";

/** Something that objects are selected by: a label, or a selectable field of one version. */
export interface SelectorAttribute {
  /** The same for all readers of the same thing within a resource. */
  readonly id: string;
  /** The value; undefined when the object has none. Always the same for one state of an object. */
  read(object: StoredObject): string | undefined;
}

/** One condition that an index can answer: the attribute has one of these values, or any (undefined). */
export interface SelectorCondition {
  readonly attribute: SelectorAttribute;
  readonly values: readonly string[] | undefined;
}

/** What is known of a predicate: all objects that it chooses meet all conditions. */
export interface ObjectSelector {
  readonly conditions: readonly SelectorCondition[];
  /** Whether the reverse holds too, within the namespace and the name of the read. */
  readonly complete: boolean;
}
