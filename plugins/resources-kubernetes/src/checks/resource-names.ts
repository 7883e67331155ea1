import { qualifiedNameErrors } from "@quarterdeck/meta";

const HUGE_PAGES = "hugepages-";
const REQUESTS = "requests.";

const COUNTS = [
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
];
const COMPUTE = ["cpu", "memory", "ephemeral-storage"];
const QUOTA = [
  ...COMPUTE,
  ...COMPUTE.map((name) => `requests.${name}`),
  ...COMPUTE.map((name) => `limits.${name}`),
  ...COUNTS,
  "requests.storage",
];

const INTEGERS: ReadonlySet<string> = new Set(COUNTS);
const CONTAINER_RESOURCES: ReadonlySet<string> = new Set(COMPUTE);
const QUOTA_RESOURCES: ReadonlySet<string> = new Set(QUOTA);
const STANDARD_RESOURCES: ReadonlySet<string> = new Set([...QUOTA, "storage"]);

/** Memory in pages of one size, such as `hugepages-2Mi`. */
export function isHugePages(name: string): boolean {
  return name.startsWith(HUGE_PAGES);
}

/** The size of the pages in the name of a resource, as the text of a quantity that may be none. */
export function pageSizeOf(name: string): string {
  return name.slice(HUGE_PAGES.length);
}

function isQuotaHugePages(name: string): boolean {
  return isHugePages(name) || name.startsWith(`${REQUESTS}${HUGE_PAGES}`);
}

/** A resource of Kubernetes itself: its name has no domain, or one of Kubernetes. */
export function isNativeResource(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

/** A resource that a device plugin or somebody else brings, such as `example.com/gpu`. */
export function isExtendedResource(name: string): boolean {
  if (isNativeResource(name) || name.startsWith(REQUESTS)) return false;
  return qualifiedNameErrors(`${REQUESTS}${name}`).length === 0;
}

/** A resource of which more may be promised than there is; of the others a request is as much as the limit. */
export function isOvercommittable(name: string): boolean {
  return isNativeResource(name) && !isHugePages(name);
}

/** A resource of which there are only whole ones. */
export function isCounted(name: string): boolean {
  return INTEGERS.has(name) || isExtendedResource(name);
}

/** A name without a domain that Kubernetes knows for any purpose. */
export function isStandardResource(name: string): boolean {
  return STANDARD_RESOURCES.has(name) || isQuotaHugePages(name);
}

/** A name without a domain that a container may ask for. */
export function isStandardContainerResource(name: string): boolean {
  return CONTAINER_RESOURCES.has(name) || isHugePages(name);
}

/** A name without a domain that a quota may limit. */
export function isStandardQuotaResource(name: string): boolean {
  return QUOTA_RESOURCES.has(name) || isQuotaHugePages(name);
}

/** A resource that the pod as a whole may ask for. */
export function isPodResource(name: string): boolean {
  return name === "cpu" || name === "memory" || isHugePages(name);
}
