import type { JsonObject } from "@quarterdeck/meta";

/** An object as a file has it. */
export interface Manifest {
  readonly object: JsonObject;
  /** What messages call its place: `app/web.yaml`, or `app/web.yaml, document 2`. */
  readonly source: string;
}
