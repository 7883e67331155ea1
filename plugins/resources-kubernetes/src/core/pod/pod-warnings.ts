import { dns1123LabelErrors, type ObjectMeta, quoteText } from "@quarterdeck/meta";
import { ipWarning } from "../../checks/check-ip.js";
import type * as core from "../../types/core-v1.js";
import { containerWarnings } from "./container-warnings.js";
import { containersOf } from "./containers-of.js";
import { filePathWarnings } from "./file-path-warnings.js";
import { fractionWarnings } from "./fraction-warnings.js";
import { portWarnings } from "./port-warnings.js";
import { neighbourWarnings, nodeWarnings, spreadWarnings } from "./scheduling-warnings.js";
import { volumeWarnings } from "./volume-warnings.js";

const SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
const ANNOTATIONS = [
  ["scheduler.alpha.kubernetes.io/critical-pod", 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ["security.alpha.kubernetes.io/sysctls", 'non-functional in v1.11+; use the "sysctls" field instead'],
  ["security.alpha.kubernetes.io/unsafe-sysctls", 'non-functional in v1.11+; use the "sysctls" field instead'],
] as const;

interface Warned {
  readonly metadata: ObjectMeta;
  readonly spec: core.PodSpec;
}

function repeated(values: readonly string[], say: (index: number, value: string) => string): string[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (seen.has(value)) return [say(index, value)];
    seen.add(value);
    return [];
  });
}

function listWarnings({ hostAliases = [], imagePullSecrets = [] }: core.PodSpec, path: string): string[] {
  const secrets = imagePullSecrets.map(({ name = "" }) => name);
  const secretPath = (index: number) => `${path}.imagePullSecrets[${index}].name`;
  return [
    ...repeated(
      hostAliases.map(({ ip }) => ip),
      (index, ip) => `${path}.hostAliases[${index}].ip: duplicate ip ${quoteText(ip)}`,
    ),
    ...repeated(secrets, (index, name) => `${secretPath(index)}: duplicate name ${quoteText(name)}`),
    ...secrets.flatMap((name, index) => (name === "" ? [`${secretPath(index)}: invalid empty name ""`] : [])),
  ];
}

function annotationWarnings({ metadata }: Warned, path: string): string[] {
  const annotations = metadata.annotations ?? {};
  return ANNOTATIONS.flatMap(([key, warning]) =>
    Object.hasOwn(annotations, key) ? [`${path}[${key}]: ${warning}`] : [],
  );
}

function seccompWarnings({ metadata, spec }: Warned, path: string): string[] {
  if (spec.securityContext?.seccompProfile !== undefined) return [];
  if (!Object.hasOwn(metadata.annotations ?? {}, SECCOMP)) return [];
  return [`${path}[${SECCOMP}]: non-functional in v1.27+; use the "seccompProfile" field instead`];
}

function addressWarnings({ dnsConfig, hostAliases = [] }: core.PodSpec, path: string): string[] {
  const warnings = [
    ...(dnsConfig?.nameservers ?? []).map((ip, index) => ipWarning(ip, `${path}.dnsConfig.nameservers[${index}]`)),
    ...hostAliases.map(({ ip }, index) => ipWarning(ip, `${path}.hostAliases[${index}].ip`)),
  ];
  return warnings.filter((one) => one !== undefined);
}

function graceWarnings({ terminationGracePeriodSeconds: grace = 0 }: core.PodSpec, path: string): string[] {
  if (grace >= 0) return [];
  return [`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`];
}

function warningsOf(warned: Warned, template: string): string[] {
  const { metadata, spec } = warned;
  const below = template === "" ? "" : `${template}.`;
  const path = `${below}spec`;
  const annotationsPath = `${below}metadata.annotations`;
  return [
    ...nodeWarnings(spec, path),
    ...spreadWarnings(spec, path),
    ...annotationWarnings(warned, annotationsPath),
    ...(spec.volumes ?? []).flatMap((volume, index) => volumeWarnings(volume, `${path}.volumes[${index}]`)),
    ...(spec.volumes ?? []).flatMap(filePathWarnings),
    ...listWarnings(spec, path),
    ...fractionWarnings(spec.overhead, ["memory", "ephemeral-storage"], `${path}.overhead`),
    ...seccompWarnings(warned, annotationsPath),
    ...containersOf(spec).flatMap(({ container, list, index }) =>
      containerWarnings(container, {
        path: `${path}.${list}[${index}]`,
        annotationsPath,
        metadata,
        spec,
        isTemplate: template !== "",
      }),
    ),
    ...portWarnings(spec, path),
    ...graceWarnings(spec, path),
    ...neighbourWarnings(spec, path),
    ...addressWarnings(spec, path),
  ];
}

/** What is to be said against a new pod that is no error: upstream's `WarningsOnCreate`. */
export function podWarnings(pod: Warned): string[] {
  const problems = dns1123LabelErrors(pod.metadata.name ?? "");
  const name =
    problems.length === 0
      ? []
      : [
          "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; " +
            `a DNS label is recommended: [${problems.join(" ")}]`,
        ];
  return [...name, ...warningsOf(pod, "")];
}

/**
 * The same of a template, which stands at `path` in its object, such as `spec.template`; upstream's
 * `GetWarningsForPodTemplate`. For creates, and for updates that change the template.
 */
export function podTemplateWarnings(template: core.PodTemplateSpec, path: string): string[] {
  return warningsOf(template, path);
}
