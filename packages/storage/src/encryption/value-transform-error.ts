import { reasonOf } from "@quarterdeck/meta";

const BRAND = Symbol.for("quarterdeck.storage/ValueTransformError");

/** A value could not be encrypted or decrypted; answered to clients as upstream does: 500 InternalError with this message. */
export class ValueTransformError extends Error {
  readonly [BRAND] = true;

  constructor(
    message: string,
    options?: ErrorOptions,
    /** The revision of the state that cannot be read, where it is known. */
    readonly revision?: number,
  ) {
    super(message, options);
    this.name = "ValueTransformError";
  }

  static is(error: unknown): error is ValueTransformError {
    return typeof error === "object" && error !== null && BRAND in error;
  }
}

/** A key whose value cannot be read, in upstream's words. */
export function unreadable(key: string, error: unknown, revision?: number): ValueTransformError {
  const message = `unable to transform key ${JSON.stringify(key)}: ${reasonOf(error)}`;
  return new ValueTransformError(message, { cause: error }, revision);
}
