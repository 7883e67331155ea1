import { humanDuration, isJsonObject, type JsonObject, type JsonValue, type KubeObject } from "@quarterdeck/meta";

function part(request: KubeObject, name: string): JsonObject {
  const value: unknown = request[name];
  return isJsonObject(value) ? value : {};
}

function typeOf(condition: JsonValue): string {
  return isJsonObject(condition) && typeof condition.type === "string" ? condition.type : "";
}

/** For how long a certificate is wanted, as `kubectl get csr` prints it. */
export function durationCell(request: KubeObject): string {
  const seconds = part(request, "spec").expirationSeconds;
  return typeof seconds === "number" ? humanDuration(seconds * 1000) : "<none>";
}

/** What became of a request: `Pending`, `Approved,Issued` and the like. */
export function conditionCell(request: KubeObject): string {
  const { conditions, certificate = "" } = part(request, "status");
  const types = Array.isArray(conditions) ? conditions.map(typeOf) : [];
  const decided = ["Denied", "Approved"].find((type) => types.includes(type)) ?? "Pending";
  return `${decided}${types.includes("Failed") ? ",Failed" : ""}${certificate === "" ? "" : ",Issued"}`;
}
