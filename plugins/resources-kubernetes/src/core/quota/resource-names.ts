import { qualifiedNameErrors } from "@quarterdeck/meta";

const COMPUTE = ["cpu", "memory", "ephemeral-storage"];
const REQUESTS = "requests.";
const HUGE_PAGES = ["hugepages-", `${REQUESTS}hugepages-`];

/** What is counted as objects of their kinds, by upstream's older names. */
const COUNTED: ReadonlySet<string> = new Set([
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
]);

const QUOTA: ReadonlySet<string> = new Set([
  ...COUNTED,
  ...COMPUTE,
  ...COMPUTE.map((name) => `${REQUESTS}${name}`),
  ...COMPUTE.map((name) => `limits.${name}`),
  `${REQUESTS}storage`,
]);

/** A name that quotas know without a domain before it. */
export function isStandardQuotaResource(name: string): boolean {
  return QUOTA.has(name) || HUGE_PAGES.some((prefix) => name.startsWith(prefix));
}

/** A name that any list of resources may have without a domain before it. */
export function isStandardResource(name: string): boolean {
  return name === "storage" || isStandardQuotaResource(name);
}

function isExtended(name: string): boolean {
  if (!name.includes("/") || name.includes("kubernetes.io/") || name.startsWith(REQUESTS)) return false;
  return qualifiedNameErrors(`${REQUESTS}${name}`).length === 0;
}

/** A resource of which there are only whole ones. */
export function isIntegerResource(name: string): boolean {
  return COUNTED.has(name) || isExtended(name);
}
