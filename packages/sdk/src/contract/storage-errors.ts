const COMPACTED = Symbol.for("quarterdeck.sdk/CompactedError");
const FUTURE = Symbol.for("quarterdeck.sdk/FutureRevisionError");
const INVALID_KEY = Symbol.for("quarterdeck.sdk/InvalidKeyError");
const UNAVAILABLE = Symbol.for("quarterdeck.sdk/StorageUnavailableError");
const NOT_EMPTY = Symbol.for("quarterdeck.sdk/StorageNotEmptyError");
const TIMEOUT = Symbol.for("quarterdeck.sdk/StorageTimeoutError");
const TOO_LARGE = Symbol.for("quarterdeck.sdk/ValueTooLargeError");

function branded(error: unknown, brand: symbol): boolean {
  return typeof error === "object" && error !== null && brand in error;
}

/** The asked revision lies before the last compaction; answered to clients as 410 Expired. */
export class CompactedError extends Error {
  readonly [COMPACTED] = true;

  constructor(
    readonly asked: number,
    readonly compacted: number,
  ) {
    super(`required revision ${asked} has been compacted, the oldest is ${compacted}`);
    this.name = "CompactedError";
  }

  static is(error: unknown): error is CompactedError {
    return branded(error, COMPACTED);
  }
}

/** The asked revision does not exist yet; answered to clients as 504 "Too large resource version". */
export class FutureRevisionError extends Error {
  readonly [FUTURE] = true;

  constructor(
    readonly asked: number,
    readonly current: number,
  ) {
    super(`required revision ${asked} is a future revision, the newest is ${current}`);
    this.name = "FutureRevisionError";
  }

  static is(error: unknown): error is FutureRevisionError {
    return branded(error, FUTURE);
  }
}

/** A key that no store takes, or one that a commit writes twice: a mistake of the caller, never of a client. */
export class InvalidKeyError extends Error {
  readonly [INVALID_KEY] = true;

  constructor(
    readonly key: string,
    problem: string,
  ) {
    super(`key ${JSON.stringify(key)} ${problem}`);
    this.name = "InvalidKeyError";
  }

  static is(error: unknown): error is InvalidKeyError {
    return branded(error, INVALID_KEY);
  }
}

/** The backend cannot be reached or has failed; answered to clients as 503 with Retry-After. */
export class StorageUnavailableError extends Error {
  readonly [UNAVAILABLE] = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StorageUnavailableError";
  }

  static is(error: unknown): error is StorageUnavailableError {
    return branded(error, UNAVAILABLE);
  }
}

/** The backend took longer than it may; answered to clients as 504 with Retry-After. */
export class StorageTimeoutError extends Error {
  readonly [TIMEOUT] = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StorageTimeoutError";
  }

  static is(error: unknown): error is StorageTimeoutError {
    return branded(error, TIMEOUT);
  }
}

/** A store that should have been empty is not: nothing was written to it. */
export class StorageNotEmptyError extends Error {
  readonly [NOT_EMPTY] = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StorageNotEmptyError";
  }

  static is(error: unknown): error is StorageNotEmptyError {
    return branded(error, NOT_EMPTY);
  }
}

/** A value is larger than the backend takes; answered to clients as 413 that names the setting. */
export class ValueTooLargeError extends Error {
  readonly [TOO_LARGE] = true;

  constructor(
    readonly bytes: number,
    readonly maxBytes: number,
    /** The option of the plugin that sets the limit. */
    readonly setting: string = "maxValueBytes",
  ) {
    super(`the value has ${bytes} bytes, the storage takes at most ${maxBytes} (its option ${setting})`);
    this.name = "ValueTooLargeError";
  }

  static is(error: unknown): error is ValueTooLargeError {
    return branded(error, TOO_LARGE);
  }
}
