import { CompactedError, FutureRevisionError, StorageUnavailableError } from "@quarterdeck/sdk";

/** The store cannot be opened; the message names the folder and says what to do. */
export class StorageOpenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StorageOpenError";
  }
}

/** What is on disk is not what was written. */
export class StorageDamagedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StorageDamagedError";
  }
}

/** The clear error for anything that went wrong while a folder was opened. */
export function openError(path: string, error: unknown): StorageOpenError {
  if (error instanceof StorageOpenError) {
    return error;
  }
  const cause = rootCause(error);
  const options = { cause: error };
  if (cause instanceof StorageDamagedError || codeOf(cause) === "LEVEL_CORRUPTION") {
    const detail = `${path} is damaged: ${messageOf(cause)}`;
    return new StorageOpenError(
      `the storage folder ${detail}; restore it from a backup, it was left as it is`,
      options,
    );
  }
  if (codeOf(cause) === "LEVEL_LOCKED") {
    const remedy = "stop that process or name another folder";
    return new StorageOpenError(`the storage folder ${path} is in use by another process: ${remedy}`, options);
  }
  return new StorageOpenError(`the storage folder ${path} cannot be opened: ${messageOf(cause)}`, options);
}

/** The error for a failed read or write of an open store. */
export function accessError(error: unknown): Error {
  if (error instanceof StorageDamagedError || CompactedError.is(error) || FutureRevisionError.is(error)) {
    return error;
  }
  const cause = rootCause(error);
  if (codeOf(cause) === "LEVEL_CORRUPTION") {
    return new StorageDamagedError(`the stored data is damaged: ${messageOf(cause)}`, { cause: error });
  }
  return new StorageUnavailableError(`the storage failed: ${messageOf(cause)}`, { cause: error });
}

function rootCause(error: unknown): unknown {
  let cause = error;
  // LevelDB's own error is one step down; the bound is against a cycle.
  for (let depth = 0; depth < 8; depth++) {
    if (!(cause instanceof Error) || cause instanceof StorageDamagedError || cause.cause === undefined) {
      break;
    }
    cause = cause.cause;
  }
  return cause;
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
