import { IpRange, isJsonObject, type KubeObject } from "@quarterdeck/meta";

/** Keeps a ServiceCIDR until no address needs it. */
export const FINALIZER = "networking.k8s.io/service-cidr-finalizer";
/** The one that the config says. */
export const DEFAULT_NAME = "kubernetes";

/** What the condition `Ready` says. */
export interface Readiness {
  readonly status: "True" | "False";
  readonly reason: string;
  readonly message: string;
}

/** A range from which services can have addresses. */
export const READY: Readiness = { status: "True", reason: "", message: "Kubernetes Service CIDR is ready" };
/** One that is deleted and needed. */
export const TERMINATING: Readiness = {
  status: "False",
  reason: "Terminating",
  message: "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR",
};

/** The texts of its ranges. */
export function cidrsOf(object: KubeObject): string[] {
  const spec: unknown = object.spec;
  const cidrs = isJsonObject(spec) && Array.isArray(spec.cidrs) ? spec.cidrs : [];
  return cidrs.filter((cidr) => typeof cidr === "string");
}

/** Its ranges. */
export function rangesOf(object: KubeObject): IpRange[] {
  return cidrsOf(object)
    .map((cidr) => IpRange.parse(cidr))
    .filter((range) => range !== undefined);
}

function conditionsOf(object: KubeObject): readonly { readonly type?: unknown }[] {
  const status: unknown = object.status;
  const conditions = isJsonObject(status) && Array.isArray(status.conditions) ? status.conditions : [];
  return conditions.filter((one) => isJsonObject(one));
}

/** The object with the condition `Ready` as it should be; undefined when it is so already. */
export function withReadiness(object: KubeObject, ready: Readiness, now: Date): KubeObject | undefined {
  const conditions = conditionsOf(object);
  const found = conditions.find(({ type }) => type === "Ready");
  const { status, reason, message } = ready;
  const has = (key: string): unknown => (isJsonObject(found) ? found[key] : undefined);
  if (has("status") === status && (has("reason") ?? "") === reason && has("message") === message) return undefined;
  const changed = has("status") !== status;
  const time = changed ? `${now.toISOString().slice(0, 19)}Z` : String(has("lastTransitionTime"));
  const condition = { type: "Ready", status, lastTransitionTime: time, reason, message };
  const others = conditions.filter(({ type }) => type !== "Ready");
  return { ...object, status: { conditions: JSON.parse(JSON.stringify([...others, condition])) } };
}
