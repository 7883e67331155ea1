import type { ObjectMeta } from "@quarterdeck/meta";
import { sameJson } from "../../checks/same-json.js";
import type * as core from "../../types/core-v1.js";
import { containersOf } from "./containers-of.js";

const ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";
const LOCALHOST = "localhost/";
const LONGEST_PROFILE = 4095;

/** The annotation of old pods that says what the field of a container does. */
export function appArmorAnnotation(container: string): string {
  return ANNOTATION + container;
}

/** The field that says what an annotation does; undefined for one that says nothing. */
export function appArmorProfile(annotation: string): core.AppArmorProfile | undefined {
  if (annotation === "unconfined") return { type: "Unconfined" };
  if (annotation === "runtime/default") return { type: "RuntimeDefault" };
  if (!annotation.startsWith(LOCALHOST)) return undefined;
  return { type: "Localhost", localhostProfile: annotation.slice(LOCALHOST.length) };
}

function isValid({ localhostProfile: profile }: core.AppArmorProfile): boolean {
  return profile === undefined || (profile !== "" && profile.trim() === profile && profile.length <= LONGEST_PROFILE);
}

/**
 * Writes what a new pod's AppArmor annotations say into the fields that took their place, with upstream's warning; the pod's
 * own profile need not be said again.
 */
export function syncAppArmor(spec: core.PodSpec, { annotations = {} }: ObjectMeta, warn: (text: string) => void): void {
  if (spec.os?.name === "windows") return;
  for (const { container } of containersOf(spec)) {
    const key = appArmorAnnotation(container.name);
    const annotation = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
    if (annotation === undefined || container.securityContext?.appArmorProfile !== undefined) continue;
    const profile = appArmorProfile(annotation);
    const usable = profile !== undefined && isValid(profile);
    if (usable && sameJson(profile, spec.securityContext?.appArmorProfile)) continue;
    if (usable) container.securityContext = { ...container.securityContext, appArmorProfile: profile };
    warn(`metadata.annotations[${key}]: deprecated since v1.30; use the "appArmorProfile" field instead`);
  }
}
