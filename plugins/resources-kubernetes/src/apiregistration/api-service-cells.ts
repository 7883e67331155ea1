import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import type { APIService } from "../types/apiregistration-v1.js";

function isApiService(object: object): object is APIService {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

/** `namespace/name` of the service, or that it is this server. */
export function serviceCell(object: KubeObject): string {
  const service = isApiService(object) ? object.spec.service : undefined;
  return service === undefined ? "Local" : `${service.namespace ?? ""}/${service.name ?? ""}`;
}

/** `True`, or the status and why. */
export function availableCell(object: KubeObject): string {
  const conditions = isApiService(object) ? (object.status.conditions ?? []) : [];
  const available = conditions.find(({ type }) => type === "Available");
  if (available === undefined) return "Unknown";
  const { status, reason = "" } = available;
  return status === "True" || reason === "" ? status : `${status} (${reason})`;
}
