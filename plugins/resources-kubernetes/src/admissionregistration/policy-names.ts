// in the order in which upstream names them

/** What becomes of a request when nobody can say. */
export const FAILURE_POLICIES: readonly string[] = ["Fail", "Ignore"];
/** Whether rules are also for requests in other versions of what they name. */
export const MATCH_POLICIES: readonly string[] = ["Equivalent", "Exact"];
/** Whether something is asked again when others have changed the object after it. */
export const REINVOCATION_POLICIES: readonly string[] = ["IfNeeded", "Never"];
