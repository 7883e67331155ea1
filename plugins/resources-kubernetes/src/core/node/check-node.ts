import { type FieldErrors, IpRange, type ObjectMeta } from "@quarterdeck/meta";
import { checkLegacyCidr } from "../../checks/check-ip.js";
import { checkPositive } from "../../checks/check-number.js";
import { checkResourceQuantity } from "../../checks/check-quantity.js";
import { checkTaints } from "../../checks/check-taints.js";
import { innerObject } from "../../facts/inner-object.js";
import type * as core from "../../types/core-v1.js";
import { checkNodeAnnotations } from "./check-node-annotations.js";

/** The parts of a node that its rules look at. */
export interface NodeParts {
  readonly metadata: ObjectMeta;
  readonly spec: core.NodeSpec;
  readonly status: core.NodeStatus;
}

const RANGES = "spec.podCIDRs";
const FEATURE = /^[A-Z][a-zA-Z0-9]*(?:\/[a-zA-Z][a-zA-Z0-9]*)*$/;
const MAX_FEATURE = 253;
const FEATURE_TEXT =
  "must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or " +
  "MyFeature/mySubFeature), and contain only alphanumeric characters and slashes";

function checkResources({ capacity = {}, allocatable = {} }: core.NodeStatus, errors: FieldErrors): void {
  for (const [name, amount] of Object.entries(capacity))
    checkResourceQuantity(name, amount, `status.capacity.${name}`, errors);
  for (const [name, amount] of Object.entries(allocatable))
    checkResourceQuantity(name, amount, `status.allocatable.${name}`, errors);
}

function featureProblem(name: string): string | undefined {
  const begin = `invalid feature name ${JSON.stringify(name)}`;
  if (Buffer.byteLength(name) > MAX_FEATURE) return `${begin}: must be no more than ${MAX_FEATURE} characters`;
  return FEATURE.test(name) ? undefined : `${begin}: ${FEATURE_TEXT}`;
}

function checkFeatures(names: readonly string[], errors: FieldErrors): void {
  for (const [index, name] of names.entries()) {
    const problem = featureProblem(name);
    if (problem !== undefined) errors.invalid(`status.declaredFeatures[${index}]`, name, problem);
    const next = names[index + 1];
    const at = `status.declaredFeatures[${index + 1}]`;
    if (next === undefined) continue;
    if (name === next) errors.duplicate(at, next);
    else if (name > next) errors.invalid(at, next, "list must be sorted alphabetically");
  }
}

function checkPodRanges(ranges: readonly string[], errors: FieldErrors): void {
  for (const [index, range] of ranges.entries()) checkLegacyCidr(range, `${RANGES}[${index}]`, errors);
  if (ranges.length < 2) return;
  const parsed = ranges.map((range) => IpRange.parse(range));
  const wrong = parsed.indexOf(undefined);
  if (wrong !== -1) {
    const why = `invalid CIDR[${wrong}]: <nil> (invalid CIDR address: ${ranges[wrong]})`;
    const detail = `invalid PodCIDRs. failed to check with dual stack with error:${why}`;
    errors.add("InternalError", RANGES, `Internal error: ${detail}`);
  }
  const families = new Set(parsed.map((range) => range?.family));
  if (wrong !== -1 || families.size < 2 || ranges.length > 2)
    errors.invalid(RANGES, ranges, "may specify no more than one CIDR for each IP family");
}

/** What is wrong with a node as it is; upstream's `ValidateNode`, whose paths of taints and swap these are. */
export function checkNode({ metadata, spec, status }: NodeParts, errors: FieldErrors): void {
  checkNodeAnnotations(metadata.annotations, errors);
  checkTaints(spec.taints ?? [], "metadata.taints", errors);
  checkResources(status, errors);
  const swap = status.nodeInfo.swap?.capacity;
  if (swap !== undefined) checkPositive(swap, "metadata.nodeSwapStatus.capacity", errors);
  checkFeatures(status.declaredFeatures ?? [], errors);
  checkPodRanges(spec.podCIDRs ?? [], errors);
}

function checkAddresses(addresses: readonly core.NodeAddress[], errors: FieldErrors): void {
  const found = new Set<string>();
  for (const [index, { type, address }] of addresses.entries()) {
    const identity = JSON.stringify([type, address]);
    if (found.has(identity))
      errors.duplicate(`status.addresses[${index}]`, innerObject("NodeAddress", { type, address }));
    found.add(identity);
  }
}

function checkPodRangesKept(ranges: readonly string[], old: readonly string[], errors: FieldErrors): void {
  const changes = old.length === ranges.length ? old.filter((range, index) => range !== ranges[index]).length : 1;
  if (old.length === 0) return;
  for (let told = 0; told < changes; told++)
    errors.forbidden(RANGES, 'node updates may not change podCIDR except from "" to valid');
}

function checkProviderKept(id: string, old: string, errors: FieldErrors): void {
  if (old === "" || id === old) return;
  errors.invalid(
    "spec.providerID",
    null,
    id === "" ? "field cannot be cleared once set" : "field cannot be modified once set",
  );
}

/** What may change of a node, also of its status; upstream's `ValidateNodeUpdate`. */
export function checkNodeUpdate({ metadata, spec, status }: NodeParts, old: NodeParts, errors: FieldErrors): void {
  checkNodeAnnotations(metadata.annotations, errors);
  checkResources(status, errors);
  checkFeatures(status.declaredFeatures ?? [], errors);
  checkAddresses(status.addresses ?? [], errors);
  checkPodRangesKept(spec.podCIDRs ?? [], old.spec.podCIDRs ?? [], errors);
  checkProviderKept(spec.providerID ?? "", old.spec.providerID ?? "", errors);
  checkTaints(spec.taints ?? [], "metadata.taints", errors);
  if (spec.externalID !== old.spec.externalID) errors.forbidden("spec.externalID", "may not be updated");
}
