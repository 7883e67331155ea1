import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** How many objects there are, from the watch caches: what a list costs can be told before it is made. A {@link Services} service. */
export abstract class ObjectCounts {
  static readonly [INJECTION_TOKEN]: string = "object-counts";
  /** The number of objects of a resource; undefined when it is not served or nothing of it is stored. */
  abstract countOf(group: string, resource: string): number | undefined;
}
