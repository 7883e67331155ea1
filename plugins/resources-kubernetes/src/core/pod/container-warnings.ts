import { type ObjectMeta, quoteText } from "@quarterdeck/meta";
import { sameJson } from "../../checks/same-json.js";
import type * as core from "../../types/core-v1.js";
import { appArmorAnnotation, appArmorProfile } from "./app-armor.js";
import { fractionWarnings } from "./fraction-warnings.js";

const SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
/** Bytes, of which there are no halves. */
const BYTES = ["memory", "ephemeral-storage"];

/** Where the container stands, and in what. */
export interface ContainerPlace {
  /** The path of the container. */
  readonly path: string;
  /** The path of the annotations. */
  readonly annotationsPath: string;
  readonly metadata: ObjectMeta;
  readonly spec: core.PodSpec;
  /** Pods are warned of AppArmor annotations as they are prepared. */
  readonly isTemplate: boolean;
}

function annotationWarnings({ name, securityContext }: core.EphemeralContainerCommon, place: ContainerPlace): string[] {
  const { annotationsPath, isTemplate, spec } = place;
  const annotations = place.metadata.annotations ?? {};
  const warnings: string[] = [];
  if (securityContext?.seccompProfile === undefined && Object.hasOwn(annotations, SECCOMP + name))
    warnings.push(
      `${annotationsPath}[${SECCOMP}${name}]: non-functional in v1.27+; use the "seccompProfile" field instead`,
    );
  const key = appArmorAnnotation(name);
  const annotation = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
  if (!isTemplate || annotation === undefined || securityContext?.appArmorProfile !== undefined) return warnings;
  const own = spec.securityContext?.appArmorProfile;
  if (own === undefined || !sameJson(own, appArmorProfile(annotation)))
    warnings.push(`${annotationsPath}[${key}]: deprecated since v1.30; use the "appArmorProfile" field instead`);
  return warnings;
}

function amountWarnings({ resources: { limits, requests } }: core.EphemeralContainerCommon, path: string): string[] {
  return BYTES.flatMap((resource) => [
    ...fractionWarnings(limits, [resource], `${path}.resources.limits`),
    ...fractionWarnings(requests, [resource], `${path}.resources.requests`),
  ]);
}

function variableWarnings({ env = [] }: core.EphemeralContainerCommon, path: string): string[] {
  const warnings: string[] = [];
  const names = new Set<string>();
  for (const [index, { name, value = "", valueFrom }] of env.entries()) {
    const reference = `$(${name})`;
    // One that is built from the one before does not hide it.
    const hides = valueFrom !== undefined || value === reference || !value.includes(reference);
    if (names.has(name) && hides) {
      const hidden = `hides previous definition of ${quoteText(name)}`;
      warnings.push(`${path}.env[${index}]: ${hidden}, which may be dropped when using apply`);
    }
    names.add(name);
  }
  return warnings;
}

/** What is to be said against a container by itself. */
export function containerWarnings(container: core.EphemeralContainerCommon, place: ContainerPlace): string[] {
  return [
    ...annotationWarnings(container, place),
    ...amountWarnings(container, place.path),
    ...variableWarnings(container, place.path),
  ];
}
