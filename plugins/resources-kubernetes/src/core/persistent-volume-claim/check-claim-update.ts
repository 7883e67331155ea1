import { FieldErrors, type ObjectMeta, Quantity } from "@quarterdeck/meta";
import { checkImmutable } from "../../checks/check-immutable.js";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { sameJson } from "../../checks/same-json.js";
import { sameResources } from "../../checks/same-resources.js";
import { innerDiff } from "../../checks/unified-diff.js";
import type * as core from "../../types/core-v1.js";
import { STORAGE_CLASS_ANNOTATION } from "../storage-class-annotation.js";
import { checkClaimSpec } from "./check-claim.js";
import type { ClaimAllowances } from "./check-data-source.js";
import { alignedDataSources } from "./data-source.js";

type ClaimSpec = core.PersistentVolumeClaimSpec;

/** The parts of a claim that its rules look at. */
export interface ClaimParts {
  readonly metadata: ObjectMeta;
  readonly spec: ClaimSpec;
  readonly status: core.PersistentVolumeClaimStatus;
}

const IMMUTABLE =
  "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
const NONE = Quantity.of(0);

function allowancesOf({ selector, dataSource, dataSourceRef }: ClaimSpec): ClaimAllowances {
  const problems = new FieldErrors();
  if (selector !== undefined) checkLabelSelector(selector, "", problems);
  const groups = [dataSource?.apiGroup, dataSourceRef?.apiGroup];
  return { selectorValues: !problems.empty, sourceGroups: groups.some((one) => (one ?? undefined) !== undefined) };
}

function sizeOf(list: core.ResourceList | undefined): Quantity {
  const size = list !== undefined && Object.hasOwn(list, "storage") ? list.storage : undefined;
  return size === undefined ? NONE : Quantity.parse(size);
}

function classAnnotation({ annotations }: ObjectMeta): string | undefined {
  return annotations !== undefined && Object.hasOwn(annotations, STORAGE_CLASS_ANNOTATION)
    ? annotations[STORAGE_CLASS_ANNOTATION]
    : undefined;
}

/**
 * The class that the new claim is compared as having: as the old one where it may be said now, since only the annotation said
 * it or nothing did. Tells of an annotation that changes.
 */
function comparedClass(claim: ClaimParts, old: ClaimParts, errors: FieldErrors): string | undefined {
  const [now, before] = [classAnnotation(claim.metadata), classAnnotation(old.metadata)];
  const [name, oldName] = [claim.spec.storageClassName, old.spec.storageClassName];
  const said = name !== undefined && oldName === undefined;
  if (said && before === name && (now === undefined || now === before)) return undefined;
  if ((now ?? "") !== (before ?? ""))
    errors.invalid(`metadata.annotations.${STORAGE_CLASS_ANNOTATION}`, now ?? "", "field is immutable");
  return said && (before === undefined || before === name) ? undefined : name;
}

/** The resources that the new claim is compared as having: a bound one may ask for more. */
function comparedResources(claim: ClaimParts, old: ClaimSpec): core.VolumeResourceRequirements {
  const { requests, limits } = claim.spec.resources;
  const before = old.resources.requests ?? {};
  const compared =
    claim.status.phase === "Bound" && requests !== undefined
      ? { ...requests, storage: before.storage ?? "0" }
      : requests;
  return {
    ...pick("requests", sameResources(compared, before) ? old.resources.requests : compared),
    ...pick("limits", sameResources(limits, old.resources.limits) ? old.resources.limits : limits),
  };
}

function pick<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  const picked: { [key in K]?: V } = {};
  if (value !== undefined) picked[key] = value;
  return picked;
}

function checkSpecKept(claim: ClaimParts, old: ClaimParts, errors: FieldErrors): void {
  const { storageClassName: _class, volumeAttributesClassName, ...rest } = claim.spec;
  const attributes = claim.status.phase === "Bound" ? old.spec.volumeAttributesClassName : volumeAttributesClassName;
  const compared: ClaimSpec = {
    ...rest,
    ...pick("storageClassName", comparedClass(claim, old, errors)),
    ...pick("volumeAttributesClassName", attributes),
    resources: comparedResources(claim, old.spec),
  };
  // which volume a claim has is said once
  const before = { ...old.spec, ...(old.spec.volumeName ? {} : pick("volumeName", claim.spec.volumeName)) };
  if (!sameJson(compared, before))
    errors.forbidden("spec", `${IMMUTABLE}\n${innerDiff("PersistentVolumeClaimSpec", before, compared)}`);
}

function checkAttributesClass({ spec }: ClaimParts, old: ClaimParts, errors: FieldErrors): void {
  const name = spec.volumeAttributesClassName;
  if (name === old.spec.volumeAttributesClassName) return;
  if (old.status.currentVolumeAttributesClassName === undefined || (name ?? "") !== "") return;
  const what = name === undefined ? "nil" : "empty string";
  errors.forbidden(
    "spec.volumeAttributesClassName",
    `update to ${what} is forbidden when status.currentVolumeAttributesClassName is not nil`,
  );
}

/** What may change of a claim; upstream's `ValidatePersistentVolumeClaimUpdate`. */
export function checkClaimUpdate(claim: ClaimParts, stored: ClaimParts, errors: FieldErrors): void {
  checkClaimSpec(claim.spec, "spec", errors, allowancesOf(stored.spec));
  const old = { ...stored, spec: { ...stored.spec, ...alignedDataSources(stored.spec) } };
  checkSpecKept(claim, old, errors);
  const size = sizeOf(claim.spec.resources.requests);
  if (size.compare(sizeOf(old.spec.resources.requests)) < 0 && size.compare(sizeOf(old.status.capacity)) <= 0)
    errors.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
  checkImmutable(claim.spec.volumeMode, old.spec.volumeMode, "volumeMode", errors);
  checkAttributesClass(claim, old, errors);
}
