import { status } from "@grpc/grpc-js";
import { StorageTimeoutError, StorageUnavailableError } from "@quarterdeck/sdk";

/** The state of an etcd is not the one that was followed: it was restored from a backup or is another one. */
export class StoreReplacedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StoreReplacedError";
  }
}

/** A request that this etcd refuses for good; the message says what to change. */
export class RequestRefusedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RequestRefusedError";
  }
}

const REASONS: readonly { readonly text: string; readonly advice: string }[] = [
  {
    text: "too many operations in txn request",
    advice: "the commit has more operations than etcd takes at once (its flag --max-txn-ops, 128 by default)",
  },
  {
    text: "permission denied",
    advice: "the user of the storage may not read or write keys that it needs",
  },
];

/** What gRPC says of a failed call, also behind the error that was made of it; undefined for any other error. */
export function callFailure(error: unknown): { readonly code: number; readonly details: string } | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  if ("code" in error && typeof error.code === "number") {
    const details = "details" in error && typeof error.details === "string" ? error.details : error.message;
    return { code: error.code, details };
  }
  return callFailure(error.cause);
}

/** Whether another member might answer. */
export function isUnavailable(error: unknown): boolean {
  return callFailure(error)?.code === status.UNAVAILABLE;
}

/** Whether the member did not answer in time. */
export function isTimeout(error: unknown): boolean {
  const failure = callFailure(error);
  return failure?.code === status.DEADLINE_EXCEEDED || failure?.details.includes("request timed out") === true;
}

/** Whether a failed call can have had no effect, so that it may be made once more. */
export function wasNotSent(error: unknown): boolean {
  const details = callFailure(error)?.details ?? "";
  return /No connection established|etcdserver: no leader|Name resolution failed/.test(details);
}

/** Whether the token of the user is not good any more: etcd forgets them at a restart. */
export function isTokenRefused(error: unknown): boolean {
  const details = callFailure(error)?.details ?? "";
  return details.includes("invalid auth token") || details.includes("revision of auth store is old");
}

/** Whether a lease that a put names has ended. */
export function isLeaseGone(error: unknown): boolean {
  return callFailure(error)?.details.includes("requested lease not found") === true;
}

/** Whether the whole request is larger than etcd takes. */
export function isTooLarge(error: unknown): boolean {
  return callFailure(error)?.details.includes("request is too large") === true;
}

/** `compacted` or `future` for a read at a revision that etcd does not have. */
export function revisionFault(error: unknown): "compacted" | "future" | undefined {
  const failure = callFailure(error);
  if (failure?.code !== status.OUT_OF_RANGE) {
    return undefined;
  }
  return failure.details.includes("compacted") ? "compacted" : "future";
}

/** The error of the storage contract for a failed call. */
export function accessError(error: unknown, endpoint: string): Error {
  const failure = callFailure(error);
  if (failure === undefined) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const message = `etcd at ${endpoint}: ${failure.details}`;
  const options = { cause: error };
  if (isTimeout(error)) {
    return new StorageTimeoutError(message, options);
  }
  const reason = REASONS.find(({ text }) => failure.details.includes(text));
  return reason === undefined
    ? new StorageUnavailableError(message, options)
    : new RequestRefusedError(`${message}: ${reason.advice}`, options);
}
