import { timestamp } from "../prepare/timestamp.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";

/** One write, as the owners of fields are recorded by it. */
export interface ManagedWrite {
  /** Who writes; empty counts as `unknown`. */
  readonly manager: string;
  /** RFC 3339. */
  readonly time: string;
}

/** The write of a request, now. */
export function managedWrite({ now }: RegistryResource, { fieldManager }: WriteRequest): ManagedWrite {
  return { manager: fieldManager, time: timestamp(now()) };
}
