/** A `fieldsV1` that is none: a malformed key, or something other than an object below one. */
export class FieldsV1Error extends Error {
  override readonly name = "FieldsV1Error";
}
