import type { ListMeta } from "@quarterdeck/meta";

/** `meta/v1.ListMeta` in upstream's order, without what is absent. */
export function listMetadata(
  revision: string | number | undefined,
  continueToken?: string,
  remainingItemCount?: number,
): ListMeta {
  return {
    ...(revision === undefined ? {} : { resourceVersion: String(revision) }),
    ...(continueToken === undefined || continueToken === "" ? {} : { continue: continueToken }),
    ...(remainingItemCount === undefined ? {} : { remainingItemCount }),
  };
}
