import { type FieldErrors, Quantity } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import { checkId } from "../../checks/check-number.js";
import type * as core from "../../types/core-v1.js";

const MAX_UINT32 = 4_294_967_295;
const HEALTHS = ["Healthy", "Unhealthy", "Unknown"];
const MAX_MESSAGE = 1024;
const CLAIM_PREFIX = "claim:";
const NO_CLAIM =
  "must match one of the container's resource claims as 'claim:<claimName>/<requestName>' when container.resources.claims[*].request is set or 'claim:<claimName>' when it is empty";
const NO_REQUEST = "must match one of the container's resource requests";

/** As whom containers run; upstream's `validateContainerStatusUsers`. */
export function checkStatusUsers(
  statuses: readonly core.ContainerStatus[],
  os: string,
  path: string,
  errors: FieldErrors,
): void {
  for (const [index, { user }] of statuses.entries()) {
    const at = `${path}[${index}].user.linux`;
    const linux = user?.linux;
    if (linux === undefined) continue;
    if (os === "windows") errors.forbidden(at, "cannot be set for a windows pod");
    if (os !== "linux") continue;
    if (linux.uid < 0 || linux.uid > MAX_UINT32)
      errors.invalid(`${at}.uid`, linux.uid, `must be between 0 and ${MAX_UINT32}, inclusive`);
    checkId(linux.gid, `${at}.gid`, errors);
    for (const [place, group] of (linux.supplementalGroups ?? []).entries())
      checkId(group, `${at}.supplementalGroups[${place}]`, errors);
  }
}

/** A claim that stands for resources which the container asks for by name. */
function isExtendedClaim(
  name: string,
  { name: container, resources }: core.Container,
  status: core.PodExtendedResourceClaimStatus | undefined,
): boolean {
  return (status?.requestMappings ?? []).some(({ containerName, requestName, resourceName }) => {
    if (containerName !== container || name !== `${CLAIM_PREFIX}${status?.resourceClaimName}/${requestName}`)
      return false;
    const { requests = {} } = resources;
    const amount = Object.hasOwn(requests, resourceName) ? requests[resourceName] : undefined;
    return amount !== undefined && Quantity.parse(amount).compare(Quantity.of(0)) !== 0;
  });
}

function checkAllocated(
  name: string,
  container: core.Container,
  { extendedResourceClaimStatus }: core.PodStatus,
  path: string,
  errors: FieldErrors,
): void {
  const { claims = [], requests = {} } = container.resources;
  if (!name.startsWith(CLAIM_PREFIX)) {
    if (!Object.hasOwn(requests, name)) errors.invalid(path, name, NO_REQUEST);
    return;
  }
  const named = claims.some(
    ({ name: claim, request }) => name === `${CLAIM_PREFIX}${claim}${request ? `/${request}` : ""}`,
  );
  if (!named && !isExtendedClaim(name, container, extendedResourceClaimStatus)) errors.invalid(path, name, NO_CLAIM);
}

function checkHealths(resources: readonly core.ResourceHealth[], path: string, errors: FieldErrors): void {
  const seen = new Set<string>();
  for (const [index, { resourceID, health, message }] of resources.entries()) {
    const at = `${path}[${index}]`;
    checkEnum(health ?? "", HEALTHS, `${at}.health`, errors);
    if (message === "") errors.required(`${at}.message`, "must be non-empty if specified");
    else if (message !== undefined && Buffer.byteLength(message) > MAX_MESSAGE)
      errors.tooLong(`${at}.message`, MAX_MESSAGE);
    if (seen.has(resourceID)) errors.duplicate(`${at}.resourceID`, resourceID);
    seen.add(resourceID);
  }
}

/** How the devices of containers are; upstream's `validateContainerStatusAllocatedResourcesStatus`. */
export function checkStatusResources(
  statuses: readonly core.ContainerStatus[],
  containers: readonly core.Container[],
  status: core.PodStatus,
  path: string,
  errors: FieldErrors,
): void {
  const known = new Map(containers.map((container) => [container.name, container]));
  for (const [index, { name, allocatedResourcesStatus = [] }] of statuses.entries()) {
    const container = known.get(name);
    for (const [place, allocated] of allocatedResourcesStatus.entries()) {
      const at = `${path}[${index}].allocatedResourcesStatus[${place}]`;
      if (container !== undefined) checkAllocated(allocated.name, container, status, `${at}.name`, errors);
      checkHealths(allocated.resources ?? [], `${at}.resources`, errors);
    }
  }
}
