import { type FieldErrors, labelValueErrors, type ObjectMeta } from "@quarterdeck/meta";
import { checkImmutable } from "../../checks/check-immutable.js";
import { sameJson } from "../../checks/same-json.js";
import { innerDiff } from "../../checks/unified-diff.js";
import type * as core from "../../types/core-v1.js";
import { checkMountOptions } from "./check-mount-options.js";
import { checkVolumeSpec } from "./check-volume.js";
import { volumeSourceOf } from "./volume-sources.js";

type Affinity = core.VolumeNodeAffinity;

/** Labels of nodes that have got new names; the affinity of a volume may follow. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ["failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"],
  ["failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"],
  ["beta.kubernetes.io/os", "kubernetes.io/os"],
  ["beta.kubernetes.io/arch", "kubernetes.io/arch"],
  ["beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"],
]);

function hasOtherValues(affinity: Affinity | undefined): boolean {
  const terms = affinity?.required?.nodeSelectorTerms ?? [];
  return terms.some(({ matchExpressions = [] }) =>
    matchExpressions.some(({ values = [] }) => values.some((value) => labelValueErrors(value).length > 0)),
  );
}

/** The source with the secret that volumes may be given later, unless they had one. */
function comparedSource(spec: core.PersistentVolumeSpec, old: core.PersistentVolumeSpec): core.PersistentVolumeSource {
  const source = volumeSourceOf(spec);
  if (source.csi === undefined || old.csi === undefined || old.csi.controllerExpandSecretRef !== undefined)
    return source;
  const { controllerExpandSecretRef: _secret, ...csi } = source.csi;
  return { ...source, csi };
}

function sameRequirements(
  list: readonly core.NodeSelectorRequirement[] = [],
  old: readonly core.NodeSelectorRequirement[] = [],
): boolean {
  if (list.length !== old.length) return false;
  return list.every((one, index) => {
    const before = old[index];
    if (before === undefined) return false;
    // no key is what upstream's map has for a label that has no new name
    return sameJson(one, (RENAMED.get(before.key) ?? "") === one.key ? { ...before, key: one.key } : before);
  });
}

function sameAffinity(affinity: Affinity | undefined, old: Affinity): boolean {
  if (affinity?.required === undefined || old.required === undefined) return sameJson(affinity, old);
  const [terms, before] = [affinity.required.nodeSelectorTerms ?? [], old.required.nodeSelectorTerms ?? []];
  return (
    terms.length === before.length &&
    terms.every(({ matchExpressions, matchFields }, index) => {
      const other = before[index];
      return (
        sameRequirements(matchExpressions, other?.matchExpressions) && sameRequirements(matchFields, other?.matchFields)
      );
    })
  );
}

function goRequirements(list: readonly core.NodeSelectorRequirement[] | undefined): object | null {
  if (list === undefined) return null;
  return list.map(({ key, operator, values = null }) => ({ Key: key, Operator: operator, Values: values }));
}

/** As the JSON of upstream's inner struct has it, which has the names of Go. */
function goAffinity({ required }: Affinity): object {
  if (required === undefined) return { Required: null };
  const terms = required.nodeSelectorTerms?.map(({ matchExpressions, matchFields }) => ({
    MatchExpressions: goRequirements(matchExpressions),
    MatchFields: goRequirements(matchFields),
  }));
  return { Required: { NodeSelectorTerms: terms ?? null } };
}

/** What may change of a volume; upstream's `ValidatePersistentVolumeUpdate`. */
export function checkVolumeUpdate(
  spec: core.PersistentVolumeSpec,
  old: core.PersistentVolumeSpec,
  errors: FieldErrors,
  metadata: ObjectMeta,
): void {
  const name = metadata.name ?? "";
  checkVolumeSpec(spec, "spec", errors, { name, affinityValues: hasOtherValues(old.nodeAffinity) });
  checkMountOptions(metadata, spec, errors);
  const [source, before] = [comparedSource(spec, old), volumeSourceOf(old)];
  if (!sameJson(source, before))
    errors.forbidden(
      "spec.persistentvolumesource",
      `spec.persistentvolumesource is immutable after creation\n${innerDiff("PersistentVolumeSource", before, source)}`,
    );
  checkImmutable(spec.volumeMode, old.volumeMode, "volumeMode", errors);
  const { nodeAffinity } = spec;
  if (old.nodeAffinity !== undefined && !sameAffinity(nodeAffinity, old.nodeAffinity))
    errors.invalid(
      "nodeAffinity",
      nodeAffinity && goAffinity(nodeAffinity),
      "field is immutable, except for updating from beta label to GA",
    );
  if (old.volumeAttributesClassName !== undefined && spec.volumeAttributesClassName === undefined)
    errors.forbidden("spec.volumeAttributesClassName", "update from non-nil value to nil is forbidden");
}
