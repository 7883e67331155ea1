import type { WriteAttributes } from "@quarterdeck/storage";
import type { RegistryResource, WriteRequest } from "./registry-resource.js";

/** What the history remembers of a write; the JSON of a storage note. */
export interface WriteNote {
  readonly verb: "create" | "update" | "delete";
  readonly user: string;
  /** The client that wrote; absent when it did not say. */
  readonly manager?: string;
  /** When, in milliseconds since 1970. */
  readonly time: number;
}

/** The lifetime of what is written, and the note that its history keeps. */
export function writeAttributes(
  { descriptor, now }: RegistryResource,
  { user, fieldManager }: WriteRequest,
  verb: WriteNote["verb"],
): WriteAttributes {
  const note: WriteNote = {
    verb,
    user: user.name,
    ...(fieldManager !== "" && { manager: fieldManager }),
    time: now().getTime(),
  };
  return { ttlSeconds: descriptor.ttlSeconds, note: Buffer.from(JSON.stringify(note)) };
}
