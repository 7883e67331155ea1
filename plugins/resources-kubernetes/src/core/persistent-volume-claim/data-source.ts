import type * as core from "../../types/core-v1.js";

type ClaimSpec = core.PersistentVolumeClaimSpec;

/** What a volume could be filled from before any kind could be named: another claim, or a snapshot. */
function isOldSource({ apiGroup, kind }: core.TypedLocalObjectReference): boolean {
  if (kind === "PersistentVolumeClaim") return (apiGroup ?? "") === "";
  return kind === "VolumeSnapshot" && apiGroup === "snapshot.storage.k8s.io";
}

function hasSource({ dataSource, dataSourceRef }: ClaimSpec): boolean {
  return dataSource !== undefined || dataSourceRef !== undefined;
}

/**
 * Takes away sources that are silently ignored: those in other namespaces, which are behind a switch that is off, and by the
 * older field those that it never took. Upstream's `DropDisabledFields` and `EnforceDataSourceBackwardsCompatibility`.
 */
export function dropDataSources(spec: ClaimSpec, old: ClaimSpec | undefined): void {
  if (spec.dataSourceRef?.namespace && old?.dataSourceRef === undefined) delete spec.dataSourceRef;
  if ((old !== undefined && hasSource(old)) || spec.dataSourceRef !== undefined) return;
  if (spec.dataSource !== undefined && !isOldSource(spec.dataSource)) delete spec.dataSource;
}

/** Of the two fields for the source of the data the one that is missing, so that both say the same. */
export function alignedDataSources({ dataSource, dataSourceRef }: ClaimSpec): Partial<ClaimSpec> {
  if (dataSource !== undefined && dataSourceRef === undefined) return { dataSourceRef: { ...dataSource } };
  if (dataSourceRef === undefined || dataSource !== undefined || dataSourceRef.namespace) return {};
  const { namespace: _namespace, ...source } = dataSourceRef;
  return { dataSource: source };
}
