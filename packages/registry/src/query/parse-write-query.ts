import { FieldErrors, StatusError } from "@quarterdeck/meta";
import { fieldManagerErrors } from "./field-manager.js";
import { queryFlag } from "./query-values.js";

/** The options of a write that the query carries. */
export interface WriteQuery {
  readonly dryRun: boolean;
  readonly fieldValidation: "Ignore" | "Warn" | "Strict";
  /** Empty when the query names none; the User-Agent stands in then. */
  readonly fieldManager: string;
  /** An apply takes what others own. */
  readonly force: boolean;
}

/** The write that options are for. */
export type WriteOptionsKind = "CreateOptions" | "UpdateOptions" | "PatchOptions" | "ApplyOptions";

const DIRECTIVES = ["Ignore", "Strict", "Warn"] as const;
const DEFAULTS: WriteQuery = Object.freeze({ dryRun: false, fieldValidation: "Warn", fieldManager: "", force: false });

/** `dryRun` may be given more than once but knows one value. */
export function validateDryRun(errors: FieldErrors, values: readonly string[]): boolean {
  if (values.some((value) => value !== "All")) errors.notSupported("dryRun", values, ["All"]);
  return values.length > 0;
}

/**
 * Reads dryRun, fieldValidation, fieldManager and force; 422 Invalid with all that is wrong with them. `pretty` and unknown
 * parameters are left alone. `force` is for applies only, and they must say who their manager is.
 */
export function parseWriteQuery(query: URLSearchParams, kind: WriteOptionsKind): WriteQuery {
  if (query.size === 0 && kind !== "ApplyOptions") return DEFAULTS;
  const errors = new FieldErrors();
  const force = queryFlag(query, "force");
  if (kind === "PatchOptions" && force !== undefined) {
    errors.forbidden("force", "may not be specified for non-apply patch");
  }
  const fieldManager = query.get("fieldManager") ?? "";
  if (kind === "ApplyOptions" && fieldManager === "") errors.required("fieldManager", "is required for apply patch");
  fieldManagerErrors(errors, fieldManager);
  const dryRun = validateDryRun(errors, query.getAll("dryRun"));
  const asked = query.get("fieldValidation") ?? "";
  const fieldValidation = DIRECTIVES.find((directive) => directive === asked);
  if (asked !== "" && fieldValidation === undefined) {
    errors.notSupported("fieldValidation", asked, ["", ...DIRECTIVES]);
  }
  if (!errors.empty) throw invalidOptions(kind, errors);
  return { dryRun, fieldValidation: fieldValidation ?? "Warn", fieldManager, force: force === true };
}

/** Upstream knows the options of an apply as those of a patch. */
function invalidOptions(kind: WriteOptionsKind, errors: FieldErrors): StatusError {
  const named = kind === "ApplyOptions" ? "PatchOptions" : kind;
  return StatusError.invalid({ group: "meta.k8s.io", kind: named }, "", errors.list);
}
