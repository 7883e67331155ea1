import type { JsonObject } from "@quarterdeck/meta";

/** A request body as data, with what a strict reader would complain about. */
export interface DecodedBody {
  readonly object: JsonObject;
  /** Paths of members that stood more than once, such as `data.a` or `spec.steps[0].name`; the last value won. */
  readonly duplicates: readonly string[];
  /** Of YAML alone, whose members have no order: what its parser says of them, such as `line 7: key "a" already set in map`. */
  readonly repeats?: readonly string[] | undefined;
}
