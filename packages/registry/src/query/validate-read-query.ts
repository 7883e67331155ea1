import { FieldErrors, StatusError } from "@quarterdeck/meta";
import type { ReadQuery } from "./read-query.js";

const MATCH = "resourceVersionMatch";

function reject(errors: FieldErrors): void {
  if (!errors.empty) throw StatusError.invalid({ group: "meta.k8s.io", kind: "ListOptions" }, "", errors.list);
}

/** 422 Invalid for list options that do not go together; upstream's `ValidateListOptions` in rules and wording. */
export function validateListQuery(query: ReadQuery): void {
  const match = query.resourceVersionMatch ?? query.unknownMatch;
  if (match === "" && query.sendInitialEvents === undefined) return;
  const errors = new FieldErrors();
  if (match !== "") {
    if (query.resourceVersion === "") {
      errors.forbidden(MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (query.continueToken !== "") {
      errors.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided");
    }
    if (query.unknownMatch !== "") errors.notSupported(MATCH, query.unknownMatch, ["Exact", "NotOlderThan", ""]);
    if (match === "Exact" && query.resourceVersion === "0") {
      errors.forbidden(MATCH, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
    }
  }
  if (query.sendInitialEvents !== undefined) {
    errors.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
  }
  reject(errors);
}

/** The same for a watch. */
export function validateWatchQuery(query: ReadQuery): void {
  const match = query.resourceVersionMatch ?? query.unknownMatch;
  if (match === "" && query.sendInitialEvents === undefined && query.continueToken === "") return;
  const errors = new FieldErrors();
  if (query.sendInitialEvents !== undefined && match !== "NotOlderThan") {
    errors.forbidden(MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
  }
  if (match !== "") {
    if (query.sendInitialEvents === undefined) {
      errors.forbidden(MATCH, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }
    if (match !== "NotOlderThan") errors.notSupported(MATCH, match, ["NotOlderThan"]);
  }
  if (query.continueToken !== "") {
    errors.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided");
  }
  reject(errors);
}
