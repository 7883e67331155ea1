import type { FieldSet } from "../field-set/field-set.js";

/** The fields of one manager, by the names that they have in one version. */
export interface Manager {
  readonly fields: FieldSet;
  readonly apiVersion: string;
  /** True for a manager that applies, false for one that updates. */
  readonly applied: boolean;
}

/** All managers of an object by a name that tells them apart. */
export type Managers = ReadonlyMap<string, Manager>;
