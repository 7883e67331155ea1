/** A path or query parameter. */
export interface ParameterModel {
  readonly name: string;
  readonly in: "path" | "query";
  readonly type: "string" | "integer" | "boolean";
  readonly description: string;
}

function query(name: string, type: ParameterModel["type"], description: string): ParameterModel {
  return { name, in: "query", type, description };
}

function path(name: string, description: string): ParameterModel {
  return { name, in: "path", type: "string", description };
}

/** `{name}`, for an object of this kind. */
export function nameParameter(kind: string): ParameterModel {
  return path("name", `name of the ${kind}`);
}

/** `{namespace}`. */
export const NAMESPACE_PARAMETER = path("namespace", "the namespace of the object or objects");

/** `{path}`: where the path of a proxy goes on. */
export const PATH_PARAMETER = path("path", "path to the resource");

/** Taken by every operation. */
export const PRETTY_PARAMETER = query("pretty", "string", "`true` for JSON with line breaks and indentation.");

const dryRun = query("dryRun", "string", "`All`: do everything but store the change.");
const labelSelector = query(
  "labelSelector",
  "string",
  "Narrows the list of returned objects to those with these labels, such as `app=web,tier!=db`.",
);
const fieldSelector = query(
  "fieldSelector",
  "string",
  "Narrows the list of returned objects to those with these field values, such as `metadata.name=web`.",
);
const resourceVersion = query(
  "resourceVersion",
  "string",
  "Read the state at this resourceVersion, or one not older; a watch starts after it.",
);
const resourceVersionMatch = query(
  "resourceVersionMatch",
  "string",
  "How a list uses resourceVersion: `Exact` or `NotOlderThan`.",
);
const timeoutSeconds = query("timeoutSeconds", "integer", "Ends the list or watch after so many seconds.");
const limit = query(
  "limit",
  "integer",
  "At most so many items in one answer; its metadata.continue asks for the next ones.",
);
const continueToken = query(
  "continue",
  "string",
  "The metadata.continue of the part before. Answered with 410 when it is too old.",
);
const sendInitialEvents = query(
  "sendInitialEvents",
  "boolean",
  "Begin a watch with an event for every object, then a bookmark annotated `k8s.io/initial-events-end`.",
);
const gracePeriodSeconds = query(
  "gracePeriodSeconds",
  "integer",
  "Seconds that the object gets to end; 0 deletes at once.",
);
const ignoreStoreReadError = query(
  "ignoreStoreReadErrorWithClusterBreakingPotential",
  "boolean",
  "Removes an object that cannot be read from the store, unread: no finalizer, precondition or admission is asked.",
);
const orphanDependents = query(
  "orphanDependents",
  "boolean",
  "Superseded by propagationPolicy: whether to leave the dependents alone.",
);
const propagationPolicy = query(
  "propagationPolicy",
  "string",
  "What becomes of the dependents: `Orphan`, `Background` or `Foreground`.",
);

/** Parameters of create and update. */
export const WRITE_PARAMETERS: readonly ParameterModel[] = [
  dryRun,
  query("fieldManager", "string", "Who makes the change, at most 128 printable characters."),
  query(
    "fieldValidation",
    "string",
    "What becomes of unknown and duplicate fields: `Ignore` drops them, `Warn` (the default) also warns, `Strict` refuses the request.",
  ),
];

/** Parameters of patch. kubectl sends fieldValidation only when PATCH lists it. */
export const PATCH_PARAMETERS: readonly ParameterModel[] = [
  ...WRITE_PARAMETERS,
  query("force", "boolean", "For server-side apply alone: take the fields that others own instead of answering 409."),
];

/** Parameters of list and watch. */
export const LIST_PARAMETERS: readonly ParameterModel[] = [
  query(
    "allowWatchBookmarks",
    "boolean",
    "Let a watch send BOOKMARK events, which carry a newer resourceVersion and no change.",
  ),
  continueToken,
  fieldSelector,
  labelSelector,
  limit,
  resourceVersion,
  resourceVersionMatch,
  sendInitialEvents,
  timeoutSeconds,
  query("watch", "boolean", "Watch for changes to the described resources: a stream of events instead of a list."),
];

/** Parameters of delete. */
export const DELETE_PARAMETERS: readonly ParameterModel[] = [
  dryRun,
  gracePeriodSeconds,
  ignoreStoreReadError,
  orphanDependents,
  propagationPolicy,
];

/** Parameters of the deletion of a collection. */
export const DELETE_COLLECTION_PARAMETERS: readonly ParameterModel[] = [
  continueToken,
  dryRun,
  fieldSelector,
  gracePeriodSeconds,
  ignoreStoreReadError,
  labelSelector,
  limit,
  orphanDependents,
  propagationPolicy,
  resourceVersion,
  resourceVersionMatch,
  sendInitialEvents,
  timeoutSeconds,
];
