import { inheritedRecords, updateRecord } from "./record.js";

const SELECTABLE_KEY = "quarterdeck:resource/selectable-fields";

/** Lets clients select by a field: `--field-selector spec.image=web`, declared by its JSON path `.spec.image`. */
export function SelectableField(jsonPath: string): ClassDecorator {
  return (owner) => updateRecord<readonly string[]>(owner, SELECTABLE_KEY, [], (before) => [jsonPath, ...before]);
}

/** The JSON paths of the selectable fields of a class, in the order in which they are written. */
export function selectableFieldRecords(owner: object): readonly string[] {
  return inheritedRecords<readonly string[]>(owner, SELECTABLE_KEY).flat();
}
