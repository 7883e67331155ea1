import type { ManagedFieldsEntry } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";

/** Who wrote, and how: what makes two entries of `managedFields` those of one manager. */
export interface ManagerName {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  /** Empty for those that apply: they stay themselves whatever version they speak. */
  readonly apiVersion: string;
  readonly subresource: string;
}

/** The identity of an entry; undefined for an operation that there is not. */
export function managerOf(entry: ManagedFieldsEntry): ManagerName | undefined {
  const { manager = "", operation, apiVersion = "", subresource = "" } = entry;
  if (operation === "Apply") return { manager, operation, apiVersion: "", subresource };
  if (operation === "Update") return { manager, operation, apiVersion, subresource };
  return undefined;
}

// Names are few, and told with every write. Clients choose them, so no more are remembered than these.
const REMEMBERED = 1000;
const names = new Map<string, ManagerName>();

/** A manager as a key of a map; upstream's identifier, by which it sorts managers too. */
export function managerKey({ manager, operation, apiVersion, subresource }: ManagerName): string {
  let key = manager === "" ? "{" : `{"manager":${JSON.stringify(manager)},`;
  key += `"operation":"${operation}"`;
  if (apiVersion !== "") key += `,"apiVersion":${JSON.stringify(apiVersion)}`;
  if (subresource !== "") key += `,"subresource":${JSON.stringify(subresource)}`;
  return `${key}}`;
}

/** The reverse of {@link managerKey}. */
export function readManagerKey(key: string): ManagerName {
  let name = names.get(key);
  if (name === undefined) {
    name = parseKey(key);
    if (names.size >= REMEMBERED) names.clear();
    names.set(key, name);
  }
  return name;
}

function parseKey(key: string): ManagerName {
  const parsed: unknown = JSON.parse(key);
  const name = isJsonObject(parsed) ? managerOf(parsed) : undefined;
  if (name === undefined) throw new TypeError(`${key} is no key of a manager`);
  return name;
}

/** A manager in the words of a conflict: `"kubectl-edit" with subresource "status" using v1`. */
export function describeManager(key: string): string {
  const { manager, operation, apiVersion, subresource } = readManagerKey(key);
  const part = subresource === "" ? "" : ` with subresource ${JSON.stringify(subresource)}`;
  const using = operation === "Update" ? ` using ${apiVersion}` : "";
  return `${JSON.stringify(manager)}${part}${using}`;
}
