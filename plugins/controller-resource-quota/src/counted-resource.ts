import { formatGroupResource } from "@quarterdeck/meta";
import type { ResourceReference } from "@quarterdeck/sdk";
import { STORAGE_CLASS } from "./usage/claim-usage.js";

/** Kinds that are counted by their own plural, upstream's older names. */
const ALIASES = ["configmaps", "resourcequotas", "replicationcontrollers", "secrets"];
const SERVICES = ["services", "services.nodeports", "services.loadbalancers"];
const CLAIMS = ["persistentvolumeclaims", "requests.storage"];
const COMPUTE = ["cpu", "memory", "ephemeral-storage"];
const PODS = ["pods", ...COMPUTE.flatMap((name) => [name, `requests.${name}`, `limits.${name}`])];
const COUNT = "count/";

/** Events come and go by themselves and are never counted, as upstream. */
const IGNORED = ["events", "events.events.k8s.io"];

const core = (resource: string): ResourceReference => ({ group: "", resource });

function isOfPods(name: string): boolean {
  if (PODS.includes(name) || /^(?:requests\.)?hugepages-/.test(name)) return true;
  return name.startsWith("requests.") && name.includes("/") && !name.includes("kubernetes.io/");
}

function isOfClaims(name: string): boolean {
  return CLAIMS.includes(name) || CLAIMS.some((one) => name.endsWith(`${STORAGE_CLASS}${one}`));
}

/** The resource whose objects a name in a quota is about; undefined for one that nobody counts. */
export function countedResource(name: string): ResourceReference | undefined {
  if (name.startsWith(COUNT)) {
    const [resource = "", ...group] = name.slice(COUNT.length).split(".");
    return IGNORED.includes(name.slice(COUNT.length)) ? undefined : { group: group.join("."), resource };
  }
  if (ALIASES.includes(name)) return core(name);
  if (SERVICES.includes(name)) return core("services");
  if (isOfClaims(name)) return core("persistentvolumeclaims");
  return isOfPods(name) ? core("pods") : undefined;
}

/** The names of a quota by the resource that they are about, as `resource.group`. */
export function byResource(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of names) {
    const resource = countedResource(name);
    if (resource === undefined) continue;
    const key = formatGroupResource(resource);
    found.set(key, [...(found.get(key) ?? []), name]);
  }
  return found;
}

/** The resource of a key of {@link byResource}. */
export function resourceOfKey(key: string): ResourceReference {
  const [resource = "", ...group] = key.split(".");
  return { group: group.join("."), resource };
}
