import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkCsiDriverName } from "../checks/check-csi-driver-name.js";
import { checkImmutable } from "../checks/check-immutable.js";
import { checkNodeSelector } from "../checks/check-node-selector.js";
import type { NodeSelectorRequirement, NodeSelectorTerm } from "../types/core-v1.js";
import type { ResourceSliceSpec } from "../types/resource-v1.js";
import { checkCounters } from "./check-counters.js";
import { checkDevice } from "./check-device.js";
import { checkPoolName } from "./check-device-names.js";
import { checkItems, checkSet } from "./check-list.js";
import { MAX_COUNTER_SETS } from "./device-limits.js";

const MAX_DEVICES = 128;
const MAX_ADVANCED_DEVICES = 64;

const ONE_OF = ["nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection"] as const;

function insideRequirements(list: readonly NodeSelectorRequirement[] | undefined) {
  return list?.map(({ key, operator, values }) => ({ Key: key, Operator: operator, Values: values ?? null })) ?? null;
}

/** A term with the names that its fields have inside upstream, since it prints them so. */
function insideForm({ matchExpressions, matchFields }: NodeSelectorTerm) {
  return {
    MatchExpressions: insideRequirements(matchExpressions),
    MatchFields: insideRequirements(matchFields),
  };
}

function checkNodes(spec: ResourceSliceSpec, errors: FieldErrors): void {
  const { nodeName, nodeSelector } = spec;
  if (nodeName === "") errors.invalid("spec.nodeName", nodeName, "must be either unset or set to a non-empty string");
  else if (nodeName !== undefined) errors.invalidEach("spec.nodeName", nodeName, dns1123SubdomainErrors(nodeName));
  if (nodeSelector !== undefined) {
    const path = "spec.nodeSelector";
    checkNodeSelector(nodeSelector, path, errors);
    const terms = nodeSelector.nodeSelectorTerms;
    if (terms?.length !== 1)
      errors.invalid(`${path}.nodeSelectorTerms`, terms?.map(insideForm), "must have exactly one node selector term");
  }
  for (const field of ["allNodes", "perDeviceNodeSelection"] as const)
    if (spec[field] === false) errors.invalid(`spec.${field}`, false, "must be either unset or set to true");
  const set = ONE_OF.filter((field) => Boolean(spec[field])).map((field) => `\`${field}\``);
  const all = `exactly one of ${ONE_OF.map((field) => `\`${field}\``).join(", ")} is required`;
  if (set.length === 0) errors.required("spec", all);
  else if (set.length > 1) errors.invalid("spec", `{${set.join(", ")}}`, `${all}, but multiple fields are set`);
}

function maxDevices({ devices = [] }: ResourceSliceSpec): number {
  const advanced = devices.some(
    ({ taints = [], consumesCounters = [] }) => taints.length > 0 || consumesCounters.length > 0,
  );
  return advanced ? MAX_ADVANCED_DEVICES : MAX_DEVICES;
}

/** The devices of a pool, or a part of them; upstream's `validateResourceSliceSpec`, but for what it declares. `old` is the stored one on an update. */
export function checkResourceSlice(
  spec: ResourceSliceSpec,
  old: ResourceSliceSpec | undefined,
  errors: FieldErrors,
): void {
  const { driver, pool, devices, sharedCounters, perDeviceNodeSelection = false } = spec;
  checkCsiDriverName(driver, "spec.driver", errors);
  checkPoolName(pool.name, "spec.pool.name", errors);
  if (pool.resourceSliceCount <= 0)
    errors.invalid("spec.pool.resourceSliceCount", pool.resourceSliceCount, "must be greater than zero");
  if (pool.generation < 0)
    errors.invalid("spec.pool.generation", pool.generation, "must be greater than or equal to zero");
  if (old !== undefined) {
    checkImmutable(pool.name, old.pool.name, "spec.pool.name", errors);
    checkImmutable(driver, old.driver, "spec.driver", errors);
    checkImmutable(spec.nodeName ?? null, old.nodeName ?? null, "spec.nodeName", errors);
  }
  checkNodes(spec, errors);
  if (sharedCounters !== undefined && devices !== undefined)
    errors.invalid("spec", "", "only one of `sharedCounters` or `devices` is allowed");
  checkSet(
    devices,
    maxDevices(spec),
    "spec.devices",
    errors,
    (device, at) => {
      const stored = old?.devices?.find(({ name }) => name === device.name);
      checkDevice(device, stored, perDeviceNodeSelection, at, errors);
    },
    ({ name }) => name,
  );
  checkItems(sharedCounters, MAX_COUNTER_SETS, "spec.sharedCounters", ({ counters }, at) =>
    checkCounters(counters, `${at}.counters`, errors),
  );
}
