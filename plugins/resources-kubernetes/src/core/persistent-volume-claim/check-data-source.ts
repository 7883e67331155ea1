import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

/** What the checks of a claim may leave out, since the stored one has it already. */
export interface ClaimAllowances {
  /** Values in its selector that no label has. */
  readonly selectorValues?: boolean;
  /** Groups of its data sources that are no DNS names. */
  readonly sourceGroups?: boolean;
}

function checkSource(
  { apiGroup, kind, name }: core.TypedLocalObjectReference,
  path: string,
  errors: FieldErrors,
  allow: ClaimAllowances,
): void {
  if (name === "") errors.required(`${path}.name`);
  if (kind === "") errors.required(`${path}.kind`);
  const group = apiGroup ?? "";
  if (group === "") {
    if (kind !== "PersistentVolumeClaim")
      errors.invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
  } else if (allow.sourceGroups !== true) errors.invalidEach(`${path}.apiGroup`, group, dns1123SubdomainErrors(group));
}

/** Where the data of a volume come from, in both fields; upstream's `validateDataSource` and `validateDataSourceRef`. */
export function checkDataSources(
  { dataSource, dataSourceRef }: core.PersistentVolumeClaimSpec,
  path: string,
  errors: FieldErrors,
  allow: ClaimAllowances,
): void {
  if (dataSource !== undefined) checkSource(dataSource, `${path}.dataSource`, errors, allow);
  if (dataSourceRef === undefined) return;
  const { namespace = "" } = dataSourceRef;
  checkSource(dataSourceRef, `${path}.dataSourceRef`, errors, allow);
  if (namespace !== "") errors.invalidEach(`${path}.dataSourceRef.namespace`, namespace, dns1123LabelErrors(namespace));
  if (dataSource === undefined) return;
  // upstream gives a path as the value, of which JSON shows nothing
  if (namespace !== "") errors.invalid(path, {}, "may not be specified when dataSourceRef.namespace is specified");
  else if (
    (dataSource.apiGroup ?? null) !== (dataSourceRef.apiGroup ?? null) ||
    dataSource.kind !== dataSourceRef.kind ||
    dataSource.name !== dataSourceRef.name
  )
    errors.invalid(path, {}, "must match dataSourceRef");
}
