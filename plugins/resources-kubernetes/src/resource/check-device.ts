import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkNodeSelector } from "../checks/check-node-selector.js";
import { sameJson } from "../checks/same-json.js";
import type { Device, DeviceAttribute } from "../types/resource-v1.js";
import { checkBindingConditions } from "./check-binding-conditions.js";
import { checkCounters } from "./check-counters.js";
import { checkAttributeName, checkDeviceName } from "./check-device-names.js";
import { checkDeviceTaint } from "./check-device-taint.js";
import { checkItems, checkList } from "./check-list.js";
import { checkRequestPolicy } from "./check-request-policy.js";
import { MAX_DEVICE_COUNTER_SETS } from "./device-limits.js";

const MAX_ATTRIBUTES = 32;
const MAX_VALUE_BYTES = 64;
const MAX_MATCHED = 256;
const MAX_TAINTS = 16;
const MAX_KEY = 96;
const SEMVER =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** Keys that are too long are cut in their middle in paths, as upstream does. */
function keyed(path: string, key: string): string {
  const rest = MAX_KEY - 3;
  const text =
    key.length <= MAX_KEY ? key : `${key.slice(0, Math.ceil(rest / 2))}...${key.slice(-Math.floor(rest / 2))}`;
  return `${path}[${text}]`;
}

function checkAttribute(attribute: DeviceAttribute, path: string, errors: FieldErrors): void {
  const { string, version } = attribute;
  if (string !== undefined && Buffer.byteLength(string) > MAX_VALUE_BYTES)
    errors.tooLong(`${path}.string`, MAX_VALUE_BYTES);
  if (version !== undefined) {
    // what is much too long is not matched: the expression need not be quick on it
    if (version.length > MAX_MATCHED || !SEMVER.test(version))
      errors.invalid(`${path}.version`, version, "must be a string compatible with semver.org spec 2.0.0");
    if (Buffer.byteLength(version) > MAX_VALUE_BYTES) errors.tooLong(`${path}.version`, MAX_VALUE_BYTES);
  }
}

function checkAttributes({ attributes = {}, capacity = {} }: Device, path: string, errors: FieldErrors): void {
  const count = Object.keys(attributes).length + Object.keys(capacity).length;
  if (count > MAX_ATTRIBUTES)
    errors.invalid(path, count, `the total number of attributes and capacities must not exceed ${MAX_ATTRIBUTES}`);
  for (const [name, attribute] of Object.entries(attributes)) {
    checkAttributeName(name, `${path}.attributes`, errors);
    checkAttribute(attribute, keyed(`${path}.attributes`, name), errors);
  }
}

function checkCapacity(
  { capacity = {}, allowMultipleAllocations = false }: Device,
  path: string,
  errors: FieldErrors,
): void {
  for (const [name, { value, requestPolicy }] of Object.entries(capacity)) {
    checkAttributeName(name, path, errors);
    const at = `${keyed(path, name)}.requestPolicy`;
    if (requestPolicy === undefined) continue;
    if (!allowMultipleAllocations) {
      errors.forbidden(at, "allowMultipleAllocations must be true");
      continue;
    }
    checkRequestPolicy(requestPolicy, value, at, errors);
  }
}

function checkNodes(device: Device, perDevice: boolean, path: string, errors: FieldErrors): void {
  const { nodeName, nodeSelector, allNodes } = device;
  if (!perDevice) {
    if (nodeName === undefined && nodeSelector === undefined && allNodes === undefined) return;
    const when = "can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
    errors.invalid(path, null, `\`nodeName\`, \`nodeSelector\` and \`allNodes\` ${when}`);
    return;
  }
  if (nodeName === "") errors.invalid(`${path}.nodeName`, nodeName, "must not be empty");
  else if (nodeName !== undefined) errors.invalidEach(`${path}.nodeName`, nodeName, dns1123SubdomainErrors(nodeName));
  if (nodeSelector !== undefined) checkNodeSelector(nodeSelector, `${path}.nodeSelector`, errors);
  if (allNodes === false) errors.invalid(`${path}.allNodes`, false, "must be either unset or set to true");
  const set = (["nodeName", "nodeSelector", "allNodes"] as const).filter((field) => Boolean(device[field]));
  const when = "is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
  const text = `exactly one of \`nodeName\`, \`nodeSelector\`, or \`allNodes\` ${when}`;
  if (set.length === 0) errors.required(path, text);
  else if (set.length > 1) errors.invalid(path, `{${set.map((field) => `\`${field}\``).join(", ")}}`, text);
}

/** A device in a slice; upstream's `validateDevice`, but for what it declares. What is stored of its capacity and taints is not looked at again. */
export function checkDevice(
  device: Device,
  old: Device | undefined,
  perDeviceNodes: boolean,
  path: string,
  errors: FieldErrors,
): void {
  checkDeviceName(device.name, `${path}.name`, errors);
  checkAttributes(device, path, errors);
  if (old === undefined || !sameJson(device.capacity, old.capacity)) checkCapacity(device, `${path}.capacity`, errors);
  if (old === undefined || !sameJson(device.taints, old.taints))
    checkList(device.taints, MAX_TAINTS, `${path}.taints`, errors, (taint, at) => checkDeviceTaint(taint, at, errors));
  checkItems(device.consumesCounters, MAX_DEVICE_COUNTER_SETS, `${path}.consumesCounters`, ({ counters }, at) =>
    checkCounters(counters, `${at}.counters`, errors),
  );
  checkNodes(device, perDeviceNodes, path, errors);
  checkBindingConditions(device, path, errors);
}
