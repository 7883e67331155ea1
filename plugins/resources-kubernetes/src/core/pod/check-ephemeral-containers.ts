import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { checkContainer, type PodScope } from "./check-container.js";

/** What a container that only looks in cannot have, in upstream's order. */
const REFUSED = [
  "ports",
  "resources",
  "resizePolicy",
  "restartPolicy",
  "restartPolicyRules",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
] as const;
const CANNOT = "cannot be set for an Ephemeral Container";

/** What the struct has that nobody filled in; resources are no pointer. */
function isUnset(value: unknown, field: (typeof REFUSED)[number]): boolean {
  if (value === undefined || value === null) return true;
  return (Array.isArray(value) || field === "resources") && Object.keys(value).length === 0;
}

/** Refuses spaces around an image, which only pods are checked for; upstream's `validateContainerOnlyForPod`. */
export function checkPaddedImage({ image = "" }: { image?: string }, path: string, errors: FieldErrors): void {
  if (image.trim() !== image) errors.invalid(`${path}.image`, image, "must not have leading or trailing whitespace");
}

function checkRefused(container: core.EphemeralContainer, path: string, errors: FieldErrors): void {
  for (const field of REFUSED) if (!isUnset(container[field], field)) errors.forbidden(`${path}.${field}`, CANNOT);
  for (const [index, { subPath, subPathExpr }] of (container.volumeMounts ?? []).entries()) {
    if (subPath) errors.forbidden(`${path}.volumeMounts[${index}].subPath`, CANNOT);
    if (subPathExpr) errors.forbidden(`${path}.volumeMounts[${index}].subPathExpr`, CANNOT);
  }
}

/** The containers that look into a pod that runs; upstream's `validateEphemeralContainers`. */
export function checkEphemeralContainers(path: string, errors: FieldErrors, scope: PodScope): void {
  const { containers, initContainers = [], ephemeralContainers = [] } = scope.spec;
  const others = new Set([...(containers ?? []), ...initContainers].map(({ name }) => name));
  const names = new Set(others);
  for (const [index, container] of ephemeralContainers.entries()) {
    const at = `${path}[${index}]`;
    const { name, targetContainerName: target = "" } = container;
    checkContainer(container, at, errors, scope);
    checkPaddedImage(container, at, errors);
    if (names.has(name)) errors.duplicate(`${at}.name`, name);
    names.add(name);
    if (target !== "" && !others.has(target)) errors.notFound(`${at}.targetContainerName`, target);
    checkRefused(container, at, errors);
  }
}
