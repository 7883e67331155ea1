import { Field, type FieldOptions } from "./field.js";
import { inheritedRecords, updateRecord } from "./record.js";

const PARTS_KEY = "quarterdeck:resource/parts";

/** Which properties of a class are its spec and its status. */
export interface PartsRecord {
  readonly spec?: string;
  readonly status?: string;
}

/** The desired state: a field whose changes raise `metadata.generation`. */
export function Spec(options: FieldOptions = {}): PropertyDecorator {
  return (target, property) => {
    Field(options)(target, property);
    updateRecord<PartsRecord>(target.constructor, PARTS_KEY, {}, (before) => ({ ...before, spec: String(property) }));
  };
}

/** The observed state: it makes the `/status` subresource, and writes to the main resource leave it alone. */
export function Status(options: FieldOptions = {}): PropertyDecorator {
  return (target, property) => {
    Field(options)(target, property);
    updateRecord<PartsRecord>(target.constructor, PARTS_KEY, {}, (before) => ({ ...before, status: String(property) }));
  };
}

/** The parts of a class; its own declarations win over inherited ones. */
export function partsRecord(owner: object): PartsRecord {
  return Object.assign({}, ...inheritedRecords<PartsRecord>(owner, PARTS_KEY));
}
