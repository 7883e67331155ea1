import { isDeepStrictEqual } from "node:util";
import type { ApiObject } from "@quarterdeck/sdk";

/**
 * True when an update changes nothing but owners and finalizers, which whoever may update may always do, so that a garbage
 * collector needs no rights of the role; upstream's `IsOnlyMutatingGCFields`.
 */
export function changesOnlyOwnership(object: ApiObject, old: ApiObject): boolean {
  const bare = ({ metadata, ...rest }: ApiObject): object => {
    const { ownerReferences: _owners, finalizers: _finalizers, managedFields: _managed, ...kept } = metadata;
    return { ...rest, metadata: kept };
  };
  return isDeepStrictEqual(plain(bare(object)), plain(bare(old)));
}

function plain(object: object): unknown {
  return JSON.parse(JSON.stringify(object));
}
