import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { containersOf } from "./containers-of.js";
import {
  APP_ARMOR_ANNOTATION,
  LOCALHOST_PREFIX,
  SECCOMP_ANNOTATION,
  SECCOMP_CONTAINER_ANNOTATION,
} from "./pod-annotations.js";

type Annotations = { readonly [key: string]: string };
type Profile = core.SeccompProfile | core.AppArmorProfile;

/** Which annotations say the same as a profile without a name. */
const SAME: { readonly [technique: string]: { readonly [type: string]: readonly string[] } } = {
  seccomp: { Unconfined: ["unconfined"], RuntimeDefault: ["runtime/default", "docker/default"] },
  apparmor: { Unconfined: ["unconfined"], RuntimeDefault: ["runtime/default"] },
};

function checkSame(
  technique: "seccomp" | "apparmor",
  { type, localhostProfile }: Profile,
  annotation: string,
  path: string,
  errors: FieldErrors,
): void {
  const refuse = (field: string, what: string): void =>
    errors.forbidden(`${path}.${field}`, `${technique} ${what} in annotation and field must match`);
  if (type === "Localhost") {
    if (!annotation.startsWith(LOCALHOST_PREFIX)) refuse("type", "type");
    else if (annotation.slice(LOCALHOST_PREFIX.length) !== localhostProfile) refuse("localhostProfile", "profile");
  } else if (SAME[technique]?.[type]?.includes(annotation) === false) refuse("type", "type");
}

function find(annotations: Annotations, key: string): string | undefined {
  return Object.hasOwn(annotations, key) ? annotations[key] : undefined;
}

function checkSeccomp(spec: core.PodSpec, annotations: Annotations, path: string, errors: FieldErrors): void {
  const ofPod = spec.securityContext?.seccompProfile;
  const annotation = find(annotations, SECCOMP_ANNOTATION);
  if (ofPod !== undefined && annotation !== undefined)
    checkSame("seccomp", ofPod, annotation, `${path}.securityContext.seccompProfile`, errors);
  for (const { container, list, index } of containersOf(spec)) {
    const profile = container.securityContext?.seccompProfile;
    const own = find(annotations, SECCOMP_CONTAINER_ANNOTATION + container.name);
    if (profile !== undefined && own !== undefined)
      checkSame("seccomp", profile, own, `${path}.${list}[${index}].securityContext.seccompProfile`, errors);
  }
}

function checkAppArmor(spec: core.PodSpec, annotations: Annotations, path: string, errors: FieldErrors): void {
  if (spec.os?.name === "windows") return;
  for (const { container, list, index } of containersOf(spec)) {
    const profile = container.securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
    const annotation = find(annotations, APP_ARMOR_ANNOTATION + container.name);
    if (profile !== undefined && annotation !== undefined)
      checkSame("apparmor", profile, annotation, `${path}.${list}[${index}].securityContext.appArmorProfile`, errors);
  }
}

/**
 * Annotations of old that fields took the place of must say the same as these; upstream's `validateSeccompAnnotationsAndFields` and
 * `validateAppArmorAnnotationsAndFieldsMatchOnCreate`.
 */
export function checkProfileAnnotations(
  spec: core.PodSpec,
  annotations: Annotations,
  path: string,
  errors: FieldErrors,
): void {
  checkSeccomp(spec, annotations, path, errors);
  checkAppArmor(spec, annotations, path, errors);
}
