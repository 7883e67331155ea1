import { FieldErrors, StatusError } from "@quarterdeck/meta";
import { fieldManagerErrors } from "./field-manager.js";

/** The options of a write that the query carries. */
export interface WriteQuery {
  readonly dryRun: boolean;
  readonly fieldValidation: "Ignore" | "Warn" | "Strict";
  /** Empty when the query names none; the User-Agent stands in then. */
  readonly fieldManager: string;
}

/** Which of upstream's option kinds an error names. */
export type WriteOptionsKind = "CreateOptions" | "UpdateOptions" | "PatchOptions";

const DIRECTIVES = ["Ignore", "Strict", "Warn"] as const;
const DEFAULTS: WriteQuery = Object.freeze({ dryRun: false, fieldValidation: "Warn", fieldManager: "" });

/** `dryRun` may be given more than once but knows one value. */
export function validateDryRun(errors: FieldErrors, values: readonly string[]): boolean {
  if (values.some((value) => value !== "All")) errors.notSupported("dryRun", values, ["All"]);
  return values.length > 0;
}

/**
 * Reads dryRun, fieldValidation and fieldManager; 422 Invalid with all that is wrong with them. `pretty` and unknown
 * parameters are left alone. `force` is for apply patches only.
 */
export function parseWriteQuery(query: URLSearchParams, kind: WriteOptionsKind): WriteQuery {
  if (query.size === 0) return DEFAULTS;
  const errors = new FieldErrors();
  if (kind === "PatchOptions" && query.has("force")) {
    errors.forbidden("force", "may not be specified for non-apply patch");
  }
  const fieldManager = query.get("fieldManager") ?? "";
  fieldManagerErrors(errors, fieldManager);
  const dryRun = validateDryRun(errors, query.getAll("dryRun"));
  const asked = query.get("fieldValidation") ?? "";
  const fieldValidation = DIRECTIVES.find((directive) => directive === asked);
  if (asked !== "" && fieldValidation === undefined) {
    errors.notSupported("fieldValidation", asked, ["", ...DIRECTIVES]);
  }
  if (!errors.empty) throw StatusError.invalid({ group: "meta.k8s.io", kind }, "", errors.list);
  return { dryRun, fieldValidation: fieldValidation ?? "Warn", fieldManager };
}
