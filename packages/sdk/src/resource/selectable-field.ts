import type { KubeObject } from "@quarterdeck/meta";
import { inheritedRecords, updateRecord } from "./record.js";

const SELECTABLE_KEY = "quarterdeck:resource/selectable-fields";

/** A recorded selectable field. */
export interface SelectableFieldRecord {
  readonly jsonPath: string;
  readonly value: ((object: KubeObject) => string) | undefined;
}

/**
 * Lets clients select by a field: `--field-selector spec.image=web`, declared by its JSON path `.spec.image`. With
 * `value` the path is only its name and the function reads it, for what stands in more than one place.
 */
export function SelectableField(jsonPath: string, value?: (object: KubeObject) => string): ClassDecorator {
  return (owner) =>
    updateRecord<readonly SelectableFieldRecord[]>(owner, SELECTABLE_KEY, [], (before) => [
      { jsonPath, value },
      ...before,
    ]);
}

/** The selectable fields of a class, in the order in which they are written. */
export function selectableFieldRecords(owner: object): readonly SelectableFieldRecord[] {
  return inheritedRecords<readonly SelectableFieldRecord[]>(owner, SELECTABLE_KEY).flat();
}
