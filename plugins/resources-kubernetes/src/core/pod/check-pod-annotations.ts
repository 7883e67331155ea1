import type { FieldErrors } from "@quarterdeck/meta";
import { checkDescendingPath } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";
import { checkAnnotatedTolerations } from "./check-annotated-tolerations.js";
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
  TOLERATIONS_ANNOTATION,
} from "./pod-annotations.js";

interface Annotations {
  readonly [key: string]: string;
}

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

/** The rest of the keys that begin with this, with what they are of. */
function named(annotations: Annotations, prefix: string): [key: string, name: string, value: string][] {
  return Object.entries(annotations)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key, key.slice(prefix.length), value]);
}

/** Annotations that say something of a pod; upstream's `ValidatePodSpecificAnnotations`. */
export function checkPodAnnotations(
  annotations: Annotations,
  spec: core.PodSpec,
  path: string,
  errors: FieldErrors,
  allow: PodAllowances,
): void {
  const said = (key: string): string | undefined => (Object.hasOwn(annotations, key) ? annotations[key] : undefined);
  const mirror = said(MIRROR_ANNOTATION);
  if (mirror !== undefined && !spec.nodeName)
    errors.invalid(`${path}[${MIRROR_ANNOTATION}]`, mirror, "must set spec.nodeName if mirror pod annotation is set");
  checkAnnotatedTolerations(said(TOLERATIONS_ANNOTATION) ?? "", path, errors, allow);
  const cost = said(DELETION_COST_ANNOTATION);
  if (cost !== undefined && allow.deletionCosts !== true && !isDeletionCost(cost))
    errors.invalid(`${path}[${DELETION_COST_ANNOTATION}]`, cost, "must be a 32bit integer");
  const seccomp = said(SECCOMP_ANNOTATION);
  if (seccomp !== undefined) checkSeccomp(seccomp, `${path}.${SECCOMP_ANNOTATION}`, errors);
  for (const [key, , profile] of named(annotations, SECCOMP_CONTAINER_ANNOTATION))
    checkSeccomp(profile, `${path}.${key}`, errors);
  const names = new Set(containersOf(spec).map(({ container }) => container.name));
  for (const [key, name, profile] of named(annotations, APP_ARMOR_ANNOTATION)) {
    if (!names.has(name)) errors.invalid(`${path}[${key}]`, name, "container not found");
    checkAppArmor(profile, `${path}[${key}]`, errors);
  }
}

const FIXED = [
  [APP_ARMOR_ANNOTATION, "AppArmor annotations"],
  [MIRROR_ANNOTATION, "mirror pod annotation"],
] as const;

/** Annotations that stay as they were made; upstream's `ValidatePodSpecificAnnotationUpdates` without what it checks besides. */
export function checkFixedAnnotations(
  annotations: Annotations,
  old: Annotations,
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
