import { isJsonObject, type JsonObject, type KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";

function quantities(object: KubeObject, list: "hard" | "used"): JsonObject {
  const status: unknown = object.status;
  const found = isJsonObject(status) ? status[list] : undefined;
  return isJsonObject(found) ? found : {};
}

function usage(object: KubeObject, chosen: (name: string) => boolean): string {
  const hard = quantities(object, "hard");
  const used = quantities(object, "used");
  return Object.keys(hard)
    .filter(chosen)
    .sort()
    .map((name) => `${name}: ${String(used[name] ?? "0")}/${String(hard[name])}`)
    .join(", ");
}

function isLimit(name: string): boolean {
  return name.startsWith("limits.");
}

/** Columns as upstream prints them: `pods: 3/10, requests.cpu: 1/4`. */
export const QUOTA_COLUMNS: { readonly request: ColumnOptions; readonly limit: ColumnOptions } = {
  request: {
    name: "Request",
    type: "string",
    description: "How much there is, and may be, of what is counted or requested",
    value: (object) => usage(object, (name) => !isLimit(name)),
  },
  limit: {
    name: "Limit",
    type: "string",
    description: "How much there is, and may be, of what containers are limited to",
    value: (object) => usage(object, isLimit),
  },
};
