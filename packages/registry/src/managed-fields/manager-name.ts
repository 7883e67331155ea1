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

/** A manager as a key of a map; upstream's identifier, by which it sorts managers too. */
export function managerKey({ manager, operation, apiVersion, subresource }: ManagerName): string {
  return JSON.stringify({
    ...(manager !== "" && { manager }),
    operation,
    ...(apiVersion !== "" && { apiVersion }),
    ...(subresource !== "" && { subresource }),
  });
}

/** The reverse of {@link managerKey}. */
export function readManagerKey(key: string): ManagerName {
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
