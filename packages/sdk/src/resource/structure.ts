import type { Constructor } from "../plugin/constructor.js";
import type { MessageShape } from "./message-shape.js";
import { updateRecord } from "./record.js";
import type { PartsRecord } from "./spec-status.js";
import type { StructuralSchema } from "./structural-schema.js";

const STRUCTURE_KEY = "quarterdeck:resource/structure";

/** What a table says of a type, in place of a class with `@Field`s. Frozen or never changed. */
export interface Structure {
  /** Of a resource: the whole object, apiVersion, kind and metadata included. The description is the kind's. */
  readonly schema: StructuralSchema;
  /** How it is written in protobuf, metadata included; without it the type is not. */
  readonly message?: MessageShape;
}

/** The structure of a class: made when it is first asked for, and then kept. */
export interface StructureRecord extends PartsRecord {
  readonly make: () => Structure;
}

/**
 * Says that the fields of a class are those of a structure that is made elsewhere: from a table of facts as the native kinds
 * are, or from a document. Such a class declares no `@Field`; its schema is described to clients and merged by, values are
 * brought to their forms and pruned, and validated by the hooks of the class alone, as typed kinds of Kubernetes are.
 */
export function Structured(make: () => Structure, parts: PartsRecord = {}): (owner: Constructor) => void {
  return (owner) => {
    let made: Structure | undefined;
    const once = (): Structure => {
      made ??= make();
      return made;
    };
    const record: StructureRecord = { ...parts, make: once };
    updateRecord<StructureRecord | undefined>(owner, STRUCTURE_KEY, undefined, () => record);
  };
}

/** The structure of exactly this class; undefined for one whose fields are declared. */
export function structureRecord(owner: object): StructureRecord | undefined {
  return Reflect.getOwnMetadata(STRUCTURE_KEY, owner);
}
