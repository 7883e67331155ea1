import { StatusError } from "@quarterdeck/meta";
import { decodeContinue } from "./continue-token.js";
import type { KeySpace } from "./key-space.js";
import type { ListOptions } from "./resource-store.js";
import { parseResourceVersion } from "./resource-version.js";

/** What a list reads, after upstream's table of resourceVersion, resourceVersionMatch, limit and continue. */
export interface ListPlan {
  /**
   * `newest`: confirmed with the backend; `any`: what the cache has; `since`: at least `revision`; `exact`: as of
   * `revision`.
   */
  readonly read: "newest" | "any" | "since" | "exact";
  readonly revision: number;
  /** The list goes on behind this key. */
  readonly after: string | undefined;
  /** 0 for no limit. */
  readonly limit: number;
}

function plan(read: ListPlan["read"], revision: number, limit: number, after?: string): ListPlan {
  return { read, revision, limit, after };
}

/** Throws 400 for parameters that contradict each other or mean nothing. */
export function planList(options: ListOptions, keys: KeySpace): ListPlan {
  const { resourceVersion, resourceVersionMatch, limit, continueToken, namespace } = options;
  const unset = resourceVersion === undefined || resourceVersion === "";
  if (continueToken !== undefined && continueToken !== "") {
    const { after, revision } = decodeContinue(continueToken, keys, namespace);
    if (!unset && resourceVersion !== "0") {
      throw StatusError.badRequest("specifying resource version is not allowed when using continue");
    }
    return revision > 0 ? plan("exact", revision, limit, after) : plan("newest", 0, limit, after);
  }
  const revision = parseResourceVersion(resourceVersion);
  if (unset) return plan("newest", 0, limit);
  // Any state will do, and upstream's cache answers that with all of it.
  if (revision === 0) return plan("any", 0, 0);
  const exact = resourceVersionMatch === "Exact" || (resourceVersionMatch === undefined && limit > 0);
  return plan(exact ? "exact" : "since", revision, limit);
}
