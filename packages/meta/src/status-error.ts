import type { FieldError } from "./field-error.js";
import { formatFieldError, toCause } from "./field-error.js";
import type { GroupKind, GroupResource } from "./group-version.js";
import { formatGroupKind, formatGroupResource } from "./group-version.js";
import { quoteText } from "./quote-text.js";
import { reasonOf } from "./reason-of.js";
import type { Status, StatusCause, StatusDetails, StatusReason } from "./status.js";

const BRAND = Symbol.for("quarterdeck.meta/StatusError");

function named(resource: GroupResource, name: string): StatusDetails {
  return {
    ...(name === "" ? {} : { name }),
    ...(resource.group === "" ? {} : { group: resource.group }),
    ...(resource.resource === "" ? {} : { kind: resource.resource }),
  };
}

function quoted(resource: GroupResource, name: string): string {
  return `${formatGroupResource(resource)} ${quoteText(name)}`;
}

/**
 * The only error that leaves the server: it carries the whole `Status` a client reads.
 * The factories follow `k8s.io/apimachinery/pkg/api/errors` in code, reason and wording, since clients match on them.
 */
export class StatusError extends Error {
  readonly [BRAND] = true;

  constructor(
    readonly status: Status,
    options?: ErrorOptions,
  ) {
    super(status.message ?? status.reason ?? "unknown", options);
    this.name = "StatusError";
  }

  /** True for a StatusError of this or any other installed copy of the package. */
  static is(error: unknown): error is StatusError {
    return typeof error === "object" && error !== null && BRAND in error;
  }

  get code(): number {
    return this.status.code ?? 500;
  }

  get reason(): StatusReason | undefined {
    return this.status.reason;
  }

  /** A failure of any code; reason and details are left out when absent. */
  static of(code: number, reason: StatusReason | undefined, message: string, details?: StatusDetails): StatusError {
    return new StatusError({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message,
      ...(reason === undefined ? {} : { reason }),
      ...(details === undefined ? {} : { details }),
      code,
    });
  }

  static badRequest(message: string): StatusError {
    return StatusError.of(400, "BadRequest", message);
  }

  static unauthorized(): StatusError {
    return StatusError.of(401, "Unauthorized", "Unauthorized");
  }

  /** `rollouts.example.com "x" is forbidden: <why>`, or `forbidden: <why>` outside any resource. */
  static forbidden(resource: GroupResource, name: string, why: string): StatusError {
    const what = formatGroupResource(resource);
    if (what === "") return StatusError.of(403, "Forbidden", `forbidden: ${why}`, {});
    const subject = name === "" ? what : quoted(resource, name);
    return StatusError.of(403, "Forbidden", `${subject} is forbidden: ${why}`, named(resource, name));
  }

  static notFound(resource: GroupResource, name: string): StatusError {
    return StatusError.of(404, "NotFound", `${quoted(resource, name)} not found`, named(resource, name));
  }

  /** The path names no resource that is served. */
  static unknownResource(): StatusError {
    return StatusError.of(404, "NotFound", "the server could not find the requested resource", {});
  }

  /** The resource is served, the method is not. */
  static methodNotAllowed(): StatusError {
    return StatusError.of(
      405,
      "MethodNotAllowed",
      "the server does not allow this method on the requested resource",
      {},
    );
  }

  static alreadyExists(resource: GroupResource, name: string): StatusError {
    return StatusError.of(409, "AlreadyExists", `${quoted(resource, name)} already exists`, named(resource, name));
  }

  static conflict(resource: GroupResource, name: string, why: string): StatusError {
    const message = `Operation cannot be fulfilled on ${quoted(resource, name)}: ${why}`;
    return StatusError.of(409, "Conflict", message, named(resource, name));
  }

  /** 422 with one cause per field error, of which the message says each text once; upstream's `NewInvalid`. */
  static invalid(kind: GroupKind, name: string, errors: readonly FieldError[]): StatusError {
    const texts = [...new Set(errors.map(formatFieldError))];
    const list = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
    return StatusError.of(422, "Invalid", `${formatGroupKind(kind)} ${quoteText(name)} is invalid: ${list}`, {
      ...(name === "" ? {} : { name }),
      ...(kind.group === "" ? {} : { group: kind.group }),
      ...(kind.kind === "" ? {} : { kind: kind.kind }),
      causes: errors.map(toCause),
    });
  }

  static notAcceptable(message: string): StatusError {
    return StatusError.of(406, "NotAcceptable", message);
  }

  static unsupportedMediaType(message: string): StatusError {
    return StatusError.of(415, "UnsupportedMediaType", message);
  }

  static tooLarge(message: string): StatusError {
    return StatusError.of(413, "RequestEntityTooLarge", message);
  }

  /** 410: a revision or a continue token that compaction has passed. */
  static expired(message: string): StatusError {
    return StatusError.of(410, "Expired", message);
  }

  /** 504: the request was not done in its time. */
  static timeout(message: string, retryAfterSeconds = 0, causes: StatusCause[] = []): StatusError {
    return StatusError.of(504, "Timeout", `Timeout: ${message}`, {
      ...(causes.length === 0 ? {} : { causes }),
      ...(retryAfterSeconds === 0 ? {} : { retryAfterSeconds }),
    });
  }

  static tooManyRequests(message: string, retryAfterSeconds: number): StatusError {
    return StatusError.of(429, "TooManyRequests", message, { retryAfterSeconds });
  }

  static serviceUnavailable(message: string, retryAfterSeconds = 0): StatusError {
    const details = retryAfterSeconds === 0 ? {} : { retryAfterSeconds };
    return StatusError.of(503, "ServiceUnavailable", message, details);
  }

  /** 500; the cause is kept for the log, only its message is sent, as upstream does. */
  static internal(cause: unknown): StatusError {
    const message = reasonOf(cause);
    const status = StatusError.of(500, "InternalError", `Internal error occurred: ${message}`, {
      causes: [{ message }],
    }).status;
    return new StatusError(status, { cause });
  }
}
