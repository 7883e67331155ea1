import { goJson } from "./go-json.js";
import { quoteText } from "./quote-text.js";
import type { StatusCause } from "./status.js";

/** The cause reasons of upstream's `field.ErrorType`. */
export type FieldErrorReason =
  | "FieldValueNotFound"
  | "FieldValueRequired"
  | "FieldValueDuplicate"
  | "FieldValueInvalid"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueTooLong"
  | "FieldValueTooMany"
  | "FieldValueTypeInvalid"
  | "InternalError";

/** One thing that is wrong with one field of an object. */
export interface FieldError {
  readonly reason: FieldErrorReason;
  /** A path such as `spec.steps[0].name` or `metadata.labels`; empty for the whole object. */
  readonly field: string;
  /** The text after the path, such as `Invalid value: 3: must be at least 4`. */
  readonly message: string;
}

/** `path: message`, as the causes are joined in a Status message. */
export function formatFieldError(error: FieldError): string {
  return error.field === "" ? error.message : `${error.field}: ${error.message}`;
}

/** The cause of a Status that says the same. */
export function toCause(error: FieldError): StatusCause {
  return { reason: error.reason, message: error.message, ...(error.field === "" ? {} : { field: error.field }) };
}

/** Values as upstream quotes them: strings in quotes, numbers bare, the rest as Go's JSON. */
export function quoteValue(value: unknown): string {
  if (value === undefined || value === null) return "null";
  if (typeof value === "string") return quoteText(value);
  return goJson(value);
}

/**
 * Collects the errors of one object. Wording follows upstream's `field` package (Required value, Invalid value,
 * Unsupported value, Duplicate value, Forbidden, Too long, Too many), because clients show and match it.
 */
export class FieldErrors {
  readonly list: FieldError[] = [];

  get empty(): boolean {
    return this.list.length === 0;
  }

  add(reason: FieldErrorReason, field: string, message: string): void {
    this.list.push({ reason, field, message });
  }

  required(field: string, detail = ""): void {
    this.add("FieldValueRequired", field, detail === "" ? "Required value" : `Required value: ${detail}`);
  }

  invalid(field: string, value: unknown, detail: string): void {
    this.add("FieldValueInvalid", field, `Invalid value: ${quoteValue(value)}${detail === "" ? "" : `: ${detail}`}`);
  }

  /** One `Invalid value` for each thing that is wrong with a value. */
  invalidEach(field: string, value: unknown, details: readonly string[]): void {
    for (const detail of details) this.invalid(field, value, detail);
  }

  typeInvalid(field: string, value: unknown, detail: string): void {
    this.add("FieldValueTypeInvalid", field, `Invalid value: ${quoteValue(value)}: ${detail}`);
  }

  notSupported(field: string, value: unknown, supported: readonly unknown[]): void {
    const list = supported.map((one) => quoteValue(one)).join(", ");
    const known = list === "" ? "" : `: supported values: ${list}`;
    this.add("FieldValueNotSupported", field, `Unsupported value: ${quoteValue(value)}${known}`);
  }

  notFound(field: string, value: unknown, detail = ""): void {
    const why = detail === "" ? "" : `: ${detail}`;
    this.add("FieldValueNotFound", field, `Not found: ${quoteValue(value)}${why}`);
  }

  duplicate(field: string, value: unknown, detail = ""): void {
    const why = detail === "" ? "" : `: ${detail}`;
    this.add("FieldValueDuplicate", field, `Duplicate value: ${quoteValue(value)}${why}`);
  }

  forbidden(field: string, detail = ""): void {
    this.add("FieldValueForbidden", field, detail === "" ? "Forbidden" : `Forbidden: ${detail}`);
  }

  tooLong(field: string, maxLength: number, unit: "byte" | "character" = "byte"): void {
    this.add(
      "FieldValueTooLong",
      field,
      `Too long: may not be more than ${maxLength} ${maxLength === 1 ? unit : `${unit}s`}`,
    );
  }

  tooMany(field: string, actual: number, maxItems: number): void {
    this.add(
      "FieldValueTooMany",
      field,
      `Too many: ${actual}: must have at most ${maxItems} ${maxItems === 1 ? "item" : "items"}`,
    );
  }
}
