import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkEnum, checkNeededEnum } from "../../checks/check-enum.js";
import { checkLabels } from "../../checks/check-labels.js";
import { checkRange } from "../../checks/check-number.js";
import { checkResources } from "../../checks/check-resources.js";
import type * as core from "../../types/core-v1.js";
import type { ObjectMeta } from "../../types/meta-v1.js";
import { checkAffinity } from "./check-affinity.js";
import type { PodScope } from "./check-container.js";
import { checkHostNetworkPorts } from "./check-container-ports.js";
import { checkContainers, checkInitContainers } from "./check-containers.js";
import { checkDnsConfig, checkHostAliases } from "./check-dns.js";
import { checkEphemeralContainers } from "./check-ephemeral-containers.js";
import { checkFileKeyRefs } from "./check-file-key-refs.js";
import { checkHostUsers } from "./check-host-users.js";
import { checkHostProcesses, checkOs } from "./check-os.js";
import { checkPodClaims } from "./check-pod-claims.js";
import { checkPodResources } from "./check-pod-resources.js";
import { checkPodSecurityContext } from "./check-pod-security-context.js";
import { checkSpreadConstraints } from "./check-spread-constraints.js";
import { checkTolerations } from "./check-tolerations.js";
import { checkVolumes } from "./check-volumes.js";
import type { PodAllowances } from "./pod-allowances.js";

const RESTART_POLICIES = ["Always", "OnFailure", "Never"];
const DNS_POLICIES = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const PREEMPTION_POLICIES = ["PreemptLowerPriority", "Never"];
const MAX_INT32 = 2_147_483_647;
const MAX_HOSTNAME = 64;

/** How the spec of a pod is checked. */
export interface PodSpecOptions {
  readonly allow?: PodAllowances;
  /** Of the pod; a template has none. */
  readonly metadata?: Pick<ObjectMeta, "name" | "annotations"> | undefined;
}

function checkHostnameOverride(spec: core.PodSpec, path: string, errors: FieldErrors): void {
  const { hostnameOverride: name } = spec;
  if (name === undefined) return;
  const at = `${path}.hostnameOverride`;
  if (spec.setHostnameAsFQDN === true) errors.forbidden(at, "may not be specified when setHostnameAsFQDN is true");
  if (spec.hostNetwork === true) errors.forbidden(at, "may not be specified when hostNetwork is true");
  if (Buffer.byteLength(name) > MAX_HOSTNAME) errors.tooLong(at, MAX_HOSTNAME);
  errors.invalidEach(at, name, dns1123SubdomainErrors(name));
}

function checkGates(spec: core.PodSpec, path: string, errors: FieldErrors): void {
  for (const [index, { conditionType }] of (spec.readinessGates ?? []).entries()) {
    const problems = qualifiedNameErrors(conditionType);
    errors.invalidEach(`${path}.readinessGates[${index}].conditionType`, conditionType, problems);
  }
  const seen = new Set<string>();
  for (const [index, { name }] of (spec.schedulingGates ?? []).entries()) {
    errors.invalidEach(`${path}.schedulingGates[${index}]`, name, qualifiedNameErrors(name));
    if (seen.has(name)) errors.duplicate(`${path}.schedulingGates[${index}]`, name);
    seen.add(name);
  }
}

/** What is in a pod. */
function checkContents(path: string, errors: FieldErrors, options: PodSpecOptions, spec: core.PodSpec): void {
  const { allow = {}, metadata } = options;
  if (spec.terminationGracePeriodSeconds === undefined) errors.required(`${path}.terminationGracePeriodSeconds`);
  const volumes = checkVolumes(spec.volumes ?? [], `${path}.volumes`, errors, allow, metadata?.name);
  const claims = new Set((spec.resourceClaims ?? []).map(({ name }) => name).filter((name) => name !== ""));
  checkPodClaims(spec.resourceClaims ?? [], metadata, `${path}.resourceClaims`, errors);
  const scope: PodScope = { spec, volumes, claims, allow };
  checkContainers(`${path}.containers`, errors, scope);
  checkInitContainers(`${path}.initContainers`, errors, scope);
  checkEphemeralContainers(`${path}.ephemeralContainers`, errors, scope);
  checkPodResources(`${path}.resources`, errors, scope);
}

/** How a pod runs, and on which nodes. */
function checkConduct(path: string, errors: FieldErrors, allow: PodAllowances, spec: core.PodSpec): void {
  checkHostNetworkPorts(spec, path, errors, allow.isPod === true);
  checkNeededEnum(spec.restartPolicy, RESTART_POLICIES, `${path}.restartPolicy`, errors);
  checkNeededEnum(spec.dnsPolicy, DNS_POLICIES, `${path}.dnsPolicy`, errors);
  checkLabels(spec.nodeSelector, `${path}.nodeSelector`, errors);
  if (spec.securityContext !== undefined)
    checkPodSecurityContext(spec.securityContext, spec, `${path}.securityContext`, errors, allow);
  if (spec.shareProcessNamespace === true && spec.hostPID === true) {
    const detail = "ShareProcessNamespace and HostPID cannot both be enabled";
    errors.invalid(`${path}.shareProcessNamespace`, true, detail);
  }
  if (spec.affinity !== undefined) checkAffinity(spec.affinity, `${path}.affinity`, errors, allow);
  checkDnsConfig(spec.dnsConfig, spec.dnsPolicy, `${path}.dnsConfig`, errors);
  checkGates(spec, path, errors);
  const constraints = spec.topologySpreadConstraints ?? [];
  checkSpreadConstraints(constraints, `${path}.topologySpreadConstraints`, errors, allow);
  checkHostProcesses(spec, path, errors);
  checkHostUsers(spec, path, errors, allow);
  checkHostnameOverride(spec, path, errors);
}

/** What a pod is called, and names of other objects. */
function checkNames(path: string, errors: FieldErrors, spec: core.PodSpec): void {
  const { serviceAccountName = "", nodeName = "", hostname = "", subdomain = "" } = spec;
  if (serviceAccountName !== "")
    errors.invalidEach(`${path}.serviceAccountName`, serviceAccountName, dns1123SubdomainErrors(serviceAccountName));
  if (nodeName !== "") errors.invalidEach(`${path}.nodeName`, nodeName, dns1123SubdomainErrors(nodeName));
  if (spec.activeDeadlineSeconds !== undefined)
    checkRange(spec.activeDeadlineSeconds, [1, MAX_INT32], `${path}.activeDeadlineSeconds`, errors);
  if (hostname !== "") errors.invalidEach(`${path}.hostname`, hostname, dns1123LabelErrors(hostname));
  if (subdomain !== "") errors.invalidEach(`${path}.subdomain`, subdomain, dns1123LabelErrors(subdomain));
}

/** The rest, in upstream's order. */
function checkRest(path: string, errors: FieldErrors, allow: PodAllowances, spec: core.PodSpec): void {
  checkTolerations(spec.tolerations ?? [], `${path}.tolerations`, errors, allow);
  checkHostAliases(spec.hostAliases ?? [], `${path}.hostAliases`, errors);
  const { priorityClassName: priority = "", runtimeClassName, preemptionPolicy, overhead, schedulingGroup } = spec;
  if (priority !== "") errors.invalidEach(`${path}.priorityClassName`, priority, dns1123SubdomainErrors(priority));
  if (runtimeClassName !== undefined)
    errors.invalidEach(`${path}.runtimeClassName`, runtimeClassName, dns1123SubdomainErrors(runtimeClassName));
  if (preemptionPolicy === "") errors.required(`${path}.preemptionPolicy`);
  else if (preemptionPolicy !== undefined)
    checkEnum(preemptionPolicy, PREEMPTION_POLICIES, `${path}.preemptionPolicy`, errors);
  const indivisibleHugePages = allow.partsOfHugePages === true;
  if (overhead !== undefined)
    checkResources({ limits: overhead }, `${path}.overhead`, errors, { indivisibleHugePages });
  if (spec.os !== undefined) checkOs(spec, path, errors);
  if (schedulingGroup !== undefined) checkSchedulingGroup(schedulingGroup, `${path}.schedulingGroup`, errors);
  checkFileKeyRefs(spec, path, errors);
}

function checkSchedulingGroup(group: core.PodSchedulingGroup, path: string, errors: FieldErrors): void {
  const { podGroupName: name } = group;
  if (name === undefined) errors.invalid(`${path}.podGroupName`, null, "must specify one of: `podGroupName`");
  else errors.invalidEach(`${path}.podGroupName`, name, dns1123SubdomainErrors(name));
}

/** What is wrong with the spec of a pod or of a template; upstream's `ValidatePodSpec`. */
export function checkPodSpec(
  spec: core.PodSpec,
  path: string,
  errors: FieldErrors,
  options: PodSpecOptions = {},
): void {
  const { allow = {} } = options;
  checkContents(path, errors, options, spec);
  checkConduct(path, errors, allow, spec);
  checkNames(path, errors, spec);
  checkRest(path, errors, allow, spec);
}
