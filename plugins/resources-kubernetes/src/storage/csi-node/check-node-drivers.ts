import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkCsiDriverName } from "../../checks/check-csi-driver-name.js";
import { checkNonnegative } from "../../checks/check-number.js";
import { sameJson } from "../../checks/same-json.js";
import type { CSINodeDriver } from "../../types/storage-v1.js";

const MAX_NODE_ID = 256;

function checkNodeId(id: string, path: string, errors: FieldErrors): void {
  if (id === "") errors.required(path);
  if (Buffer.byteLength(id) > MAX_NODE_ID) errors.invalid(path, id, `must be ${MAX_NODE_ID} characters or less`);
}

function checkTopologyKeys(keys: readonly string[], path: string, errors: FieldErrors): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (key === "") errors.required(path);
    if (seen.has(key)) errors.duplicate(path, key);
    seen.add(key);
    errors.invalidEach(path, key, qualifiedNameErrors(key));
  }
}

/** The drivers of a node, each once; upstream's `validateCSINodeDrivers`. */
export function checkNodeDrivers(drivers: readonly CSINodeDriver[], path: string, errors: FieldErrors): void {
  const names = new Set<string>();
  for (const [index, { name, nodeID, allocatable, topologyKeys }] of drivers.entries()) {
    const at = `${path}[${index}]`;
    checkCsiDriverName(name, `${at}.name`, errors);
    checkNodeId(nodeID, `${at}.nodeID`, errors);
    if (allocatable?.count !== undefined) checkNonnegative(allocatable.count, `${at}.allocatable.count`, errors);
    if (names.has(name)) errors.duplicate(`${at}.name`, name);
    names.add(name);
    checkTopologyKeys(topologyKeys ?? [], at, errors);
  }
}

/** What of a driver may not change: all but for how many volumes it has room. */
function fixedPart({ name, nodeID, topologyKeys }: CSINodeDriver): CSINodeDriver {
  return { name, nodeID, topologyKeys: topologyKeys ?? [] };
}

/** A driver that stays does so as it is; it may come and go. */
export function checkDriverUpdate(
  drivers: readonly CSINodeDriver[],
  old: readonly CSINodeDriver[],
  path: string,
  errors: FieldErrors,
): void {
  const before = new Map(old.map((one) => [one.name, fixedPart(one)]));
  for (const now of drivers.map(fixedPart)) {
    const stood = before.get(now.name);
    if (stood !== undefined && !sameJson(now, stood)) errors.invalid(path, now, "field is immutable");
  }
}
