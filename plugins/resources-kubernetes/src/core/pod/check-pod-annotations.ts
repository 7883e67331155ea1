import type { FieldErrors } from "@quarterdeck/meta";
import { checkDescendingPath } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";
import { containersOf } from "./containers-of.js";
import { isDeletionCost } from "./deletion-cost.js";
import type { PodAllowances } from "./pod-allowances.js";
import {
  APP_ARMOR_ANNOTATION,
  DELETION_COST_ANNOTATION,
  LOCALHOST_PREFIX,
  MIRROR_ANNOTATION,
  SECCOMP_ANNOTATION,
  SECCOMP_CONTAINER_ANNOTATION,
} from "./pod-annotations.js";

function checkSeccomp(profile: string, path: string, errors: FieldErrors): void {
  if (profile === "runtime/default" || profile === "docker/default" || profile === "unconfined") return;
  if (profile.startsWith(LOCALHOST_PREFIX)) checkDescendingPath(profile.slice(LOCALHOST_PREFIX.length), path, errors);
  else errors.invalid(path, profile, "must be a valid seccomp profile");
}

function checkAppArmor(profile: string, path: string, errors: FieldErrors): void {
  if (profile === "" || profile === "runtime/default" || profile === "unconfined") return;
  if (!profile.startsWith(LOCALHOST_PREFIX))
    errors.invalid(path, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`);
}

/** Annotations that say something of a pod; upstream's `ValidatePodSpecificAnnotations`. */
export function checkPodAnnotations(
  annotations: { readonly [key: string]: string },
  spec: core.PodSpec,
  path: string,
  errors: FieldErrors,
  allow: PodAllowances,
): void {
  const names = new Set(containersOf(spec).map(({ container }) => container.name));
  for (const [key, value] of Object.entries(annotations)) {
    if (key === MIRROR_ANNOTATION && !spec.nodeName)
      errors.invalid(`${path}[${key}]`, value, "must set spec.nodeName if mirror pod annotation is set");
    else if (key === DELETION_COST_ANNOTATION && allow.deletionCosts !== true && !isDeletionCost(value))
      errors.invalid(`${path}[${key}]`, value, "must be a 32bit integer");
    else if (key === SECCOMP_ANNOTATION || key.startsWith(SECCOMP_CONTAINER_ANNOTATION))
      checkSeccomp(value, `${path}.${key}`, errors);
    else if (key.startsWith(APP_ARMOR_ANNOTATION)) {
      const name = key.slice(APP_ARMOR_ANNOTATION.length);
      if (!names.has(name)) errors.invalid(`${path}[${key}]`, name, "container not found");
      checkAppArmor(value, `${path}[${key}]`, errors);
    }
  }
}

const FIXED = [
  [APP_ARMOR_ANNOTATION, "AppArmor annotations"],
  [MIRROR_ANNOTATION, "mirror pod annotation"],
] as const;

/** Annotations that stay as they were made; upstream's `ValidatePodSpecificAnnotationUpdates` without what it checks besides. */
export function checkFixedAnnotations(
  annotations: { readonly [key: string]: string },
  old: { readonly [key: string]: string },
  path: string,
  errors: FieldErrors,
): void {
  const isFixed = (key: string, fixed: string): boolean =>
    fixed.endsWith("/") ? key.startsWith(fixed) : key === fixed;
  for (const [fixed, name] of FIXED) {
    for (const [key, value] of Object.entries(old)) {
      const same = Object.hasOwn(annotations, key) && annotations[key] === value;
      if (isFixed(key, fixed) && !same) errors.forbidden(`${path}[${key}]`, `may not remove or update ${name}`);
    }
    for (const key of Object.keys(annotations))
      if (isFixed(key, fixed) && !Object.hasOwn(old, key)) errors.forbidden(`${path}[${key}]`, `may not add ${name}`);
  }
}
