import { jsonTypeName } from "@quarterdeck/meta";

/** A body that has not the shape of its kind; the message is the part after `cannot be handled as a X: `. */
export class DecodeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DecodeError";
  }
}

/** The error for a value of the wrong type, in the words of upstream's decoder. */
export function unmarshalError(value: unknown, structField: string, type: string): DecodeError {
  return new DecodeError(
    `json: cannot unmarshal ${jsonTypeName(value)} into Go struct field ${structField} of type ${type}`,
  );
}
