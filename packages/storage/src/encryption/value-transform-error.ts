import { reasonOf } from "@quarterdeck/meta";

const BRAND = Symbol.for("quarterdeck.storage/ValueTransformError");

/** A value could not be encrypted or decrypted; answered to clients as upstream does: 500 InternalError with this message. */
export class ValueTransformError extends Error {
  readonly [BRAND] = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ValueTransformError";
  }

  static is(error: unknown): error is ValueTransformError {
    return typeof error === "object" && error !== null && BRAND in error;
  }
}

/** A key whose value cannot be read, in upstream's words. */
export function unreadable(key: string, error: unknown): ValueTransformError {
  return new ValueTransformError(`unable to transform key ${JSON.stringify(key)}: ${reasonOf(error)}`, {
    cause: error,
  });
}
