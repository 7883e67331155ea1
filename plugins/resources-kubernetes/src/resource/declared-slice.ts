import { dns1123LabelErrors, type FieldErrors } from "@quarterdeck/meta";
import type { Counter, Device, DeviceAttribute, ResourceSliceSpec } from "../types/resource-v1.js";
import { checkDeclaredTaint } from "./check-device-taint.js";
import { checkDeclaredSet, checkList } from "./check-list.js";
import { MAX_BINDING_CONDITIONS, MAX_COUNTER_SETS, MAX_DEVICE_COUNTER_SETS } from "./device-limits.js";

const VALUES = ["int", "bool", "string", "version"] as const;
const LISTS = ["ints", "bools", "strings", "versions"];

function checkAttribute(attribute: DeviceAttribute, path: string, errors: FieldErrors): void {
  const set = VALUES.filter((field) => attribute[field] !== undefined).map((field) => `\`${field}\``);
  const all = [...VALUES, ...LISTS].map((field) => `\`${field}\``).join(", ");
  if (set.length === 0) errors.invalid(path, "", `must specify one of: ${all}`);
  else if (set.length > 1) errors.invalid(path, `{${set.join(", ")}}`, `must specify exactly one of: ${all}`);
}

function checkName(name: string, path: string, errors: FieldErrors): void {
  if (name === "") errors.required(path);
  else errors.invalidEach(path, name, dns1123LabelErrors(name, "bytes"));
}

function checkCounters(counters: { readonly [name: string]: Counter } | undefined, path: string, errors: FieldErrors) {
  const names = Object.keys(counters ?? {});
  if (names.length === 0) errors.required(path);
  for (const name of names) errors.invalidEach(path, name, dns1123LabelErrors(name, "bytes"));
}

function checkDevice(device: Device, path: string, errors: FieldErrors): void {
  for (const [name, attribute] of Object.entries(device.attributes ?? {}))
    checkAttribute(attribute, `${path}.attributes[${name}]`, errors);
  checkDeclaredSet(
    device.consumesCounters,
    MAX_DEVICE_COUNTER_SETS,
    `${path}.consumesCounters`,
    errors,
    ({ counterSet }) => counterSet,
    ({ counterSet, counters }, at) => {
      checkName(counterSet, `${at}.counterSet`, errors);
      checkCounters(counters, `${at}.counters`, errors);
    },
  );
  for (const [index, taint] of (device.taints ?? []).entries())
    checkDeclaredTaint(taint, `${path}.taints[${index}]`, errors);
  checkDeclaredBinding(device, path, errors);
}

/** What upstream declares of the conditions that decide whether a pod may be bound. */
export function checkDeclaredBinding(
  binding: Pick<Device, "bindingConditions" | "bindingFailureConditions">,
  path: string,
  errors: FieldErrors,
): void {
  for (const field of ["bindingConditions", "bindingFailureConditions"] as const)
    checkList(binding[field], MAX_BINDING_CONDITIONS, `${path}.${field}`, errors, () => {});
}

/** What upstream declares at the types of a slice. `basic` as in v1beta1, where all of a device but its name stands in that. */
export function checkDeclaredSlice(
  { devices, sharedCounters }: ResourceSliceSpec,
  basic: boolean,
  errors: FieldErrors,
): void {
  for (const [index, device] of (devices ?? []).entries())
    checkDevice(device, `spec.devices[${index}]${basic ? ".basic" : ""}`, errors);
  checkDeclaredSet(
    sharedCounters,
    MAX_COUNTER_SETS,
    "spec.sharedCounters",
    errors,
    ({ name }) => name,
    ({ name, counters }, at) => {
      checkName(name, `${at}.name`, errors);
      checkCounters(counters, `${at}.counters`, errors);
    },
  );
}
