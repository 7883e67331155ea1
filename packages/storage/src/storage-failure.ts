import { StatusError } from "@quarterdeck/meta";
import {
  CompactedError,
  FutureRevisionError,
  StorageTimeoutError,
  StorageUnavailableError,
  ValueTooLargeError,
} from "@quarterdeck/sdk";
import { ValueTransformError } from "./encryption/value-transform-error.js";
import { tooLargeResourceVersion } from "./resource-version.js";

/** What a client is told of an error of the backend; an unknown error is passed on as it is. */
export function storageFailure(error: unknown): unknown {
  if (ValueTooLargeError.is(error)) {
    return StatusError.tooLarge(
      `Request entity too large: the object has ${error.bytes} bytes in the store, limit is ${error.maxBytes} ` +
        `(option ${error.setting} of the storage)`,
    );
  }
  if (ValueTransformError.is(error)) return StatusError.internal(error);
  if (StorageUnavailableError.is(error)) return storageUnavailable();
  if (StorageTimeoutError.is(error)) {
    return StatusError.timeout("the storage did not answer in time, it is not known whether it did what was asked", 1);
  }
  if (CompactedError.is(error)) return StatusError.expired("The resourceVersion for the provided list is too old.");
  if (FutureRevisionError.is(error)) return tooLargeResourceVersion(error.asked, error.current);
  return error;
}

/** 503: nothing is known about the newest state. */
export function storageUnavailable(): StatusError {
  return StatusError.serviceUnavailable("the storage is not available, please try again later", 1);
}
