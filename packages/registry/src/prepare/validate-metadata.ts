import type { ObjectMeta, OwnerReference } from "@quarterdeck/meta";
import {
  dns1123LabelErrors,
  FieldErrors,
  FOREGROUND_FINALIZER,
  labelValueErrors,
  nameErrors,
  ORPHAN_FINALIZER,
  parseApiVersion,
  pathSegmentPrefixErrors,
  qualifiedNameErrors,
} from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import { annotationBytes, MAX_ANNOTATION_BYTES } from "./annotation-size.js";

const IMMUTABLE = ["name", "namespace", "uid", "deletionTimestamp", "deletionGracePeriodSeconds"] as const;

function each(errors: FieldErrors, field: string, value: unknown, texts: readonly string[]): void {
  for (const text of texts) errors.invalid(field, value, text);
}

function validateLabels(errors: FieldErrors, labels: { readonly [key: string]: string }): void {
  for (const [key, value] of Object.entries(labels)) {
    each(errors, "metadata.labels", key, qualifiedNameErrors(key));
    each(errors, "metadata.labels", value, labelValueErrors(value));
  }
}

function validateAnnotations(errors: FieldErrors, annotations: { readonly [key: string]: string }): void {
  for (const key of Object.keys(annotations)) {
    each(errors, "metadata.annotations", key, qualifiedNameErrors(key.toLowerCase()));
  }
  if (annotationBytes(annotations) > MAX_ANNOTATION_BYTES) errors.tooLong("metadata.annotations", MAX_ANNOTATION_BYTES);
}

function validateOwner(errors: FieldErrors, owner: OwnerReference, field: string): void {
  const groupVersion = parseApiVersion(owner.apiVersion);
  if (owner.apiVersion === "") errors.required(`${field}.apiVersion`, "must not be empty");
  else if (groupVersion === undefined) {
    errors.invalid(`${field}.apiVersion`, owner.apiVersion, "must be <group>/<version> or <version>");
  }
  for (const key of ["kind", "name", "uid"] as const) {
    if (owner[key] === "") errors.required(`${field}.${key}`, "must not be empty");
  }
  if (owner.apiVersion === "v1" && owner.kind === "Event") {
    errors.invalid(field, owner, "/v1, Kind=Event is disallowed from being an owner");
  }
}

function validateOwners(errors: FieldErrors, owners: readonly OwnerReference[]): void {
  let controller: OwnerReference | undefined;
  for (const [index, owner] of owners.entries()) {
    validateOwner(errors, owner, `metadata.ownerReferences[${index}]`);
    if (owner.controller !== true) continue;
    if (controller === undefined) controller = owner;
    else {
      const both = `${controller.kind}/${controller.name} and ${owner.kind}/${owner.name}`;
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${both}`;
      errors.invalid("metadata.ownerReferences", owners, detail);
    }
  }
}

function validateFinalizers(errors: FieldErrors, finalizers: readonly string[]): void {
  for (const finalizer of finalizers) each(errors, "metadata.finalizers", finalizer, qualifiedNameErrors(finalizer));
  if (finalizers.includes(ORPHAN_FINALIZER) && finalizers.includes(FOREGROUND_FINALIZER)) {
    const detail = `finalizer ${ORPHAN_FINALIZER} and ${FOREGROUND_FINALIZER} cannot be both set`;
    errors.invalid("metadata.finalizers", finalizers, detail);
  }
}

function validateCommon(errors: FieldErrors, descriptor: ResourceDescriptor, metadata: ObjectMeta): void {
  const { generation = 0 } = metadata;
  if (generation < 0) errors.invalid("metadata.generation", generation, "must be greater than or equal to 0");
  if (descriptor.namespaced) {
    const namespace = metadata.namespace ?? "";
    if (namespace === "") errors.required("metadata.namespace");
    else each(errors, "metadata.namespace", namespace, dns1123LabelErrors(namespace));
  }
  if (metadata.labels !== undefined) validateLabels(errors, metadata.labels);
  if (metadata.annotations !== undefined) validateAnnotations(errors, metadata.annotations);
  if (metadata.ownerReferences !== undefined) validateOwners(errors, metadata.ownerReferences);
  if (metadata.finalizers !== undefined) validateFinalizers(errors, metadata.finalizers);
}

/** The metadata of a new object, after name generation; upstream's `ValidateObjectMeta` in rules and wording. */
export function validateMetadata(errors: FieldErrors, descriptor: ResourceDescriptor, metadata: ObjectMeta): void {
  const { name = "", generateName = "" } = metadata;
  if (generateName !== "") {
    each(errors, "metadata.generateName", generateName, nameErrors(descriptor.nameFormat, generateName, true));
  }
  if (name === "") errors.required("metadata.name", "name or generateName is required");
  else each(errors, "metadata.name", name, nameErrors(descriptor.nameFormat, name));
  validateCommon(errors, descriptor, metadata);
}

/** The metadata of an update against what is stored; upstream's `ValidateObjectMetaUpdate` in rules and wording. */
export function validateMetadataUpdate(
  errors: FieldErrors,
  descriptor: ResourceDescriptor,
  metadata: ObjectMeta,
  old: ObjectMeta,
): void {
  if (old.deletionTimestamp !== undefined) {
    const before = new Set(old.finalizers);
    const added = [...new Set(metadata.finalizers)].filter((one) => !before.has(one)).sort();
    if (added.length > 0) {
      // upstream prints the list as Go source
      const list = `[]string{${added.map((one) => JSON.stringify(one)).join(", ")}}`;
      const rule = "no new finalizers can be added if the object is being deleted";
      errors.forbidden("metadata.finalizers", `${rule}, found new finalizers ${list}`);
    }
  }
  for (const key of IMMUTABLE) {
    if (metadata[key] !== old[key]) errors.invalid(`metadata.${key}`, metadata[key], "field is immutable");
  }
  const { generateName = "" } = metadata;
  each(errors, "metadata.generateName", generateName, pathSegmentPrefixErrors(generateName));
  validateCommon(errors, descriptor, metadata);
}

/** What custom kinds are warned of: finalizers that another writer may have chosen too. */
export function finalizerWarnings(metadata: ObjectMeta, old: ObjectMeta | undefined): readonly string[] {
  const before = new Set(old?.finalizers);
  const warnings: string[] = [];
  for (const finalizer of metadata.finalizers ?? []) {
    if (before.has(finalizer) || finalizer.includes("/")) continue;
    if (finalizer === ORPHAN_FINALIZER || finalizer === FOREGROUND_FINALIZER || finalizer === "kubernetes") continue;
    const how = finalizer.includes(".") ? "name including a path (/)" : "name";
    warnings.push(
      `metadata.finalizers: ${JSON.stringify(finalizer)}: prefer a domain-qualified finalizer ${how} ` +
        "to avoid accidental conflicts with other finalizer writers",
    );
  }
  return warnings;
}
