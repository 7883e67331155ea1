import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

const CLAIM = "must match the name of an entry in `spec.resourceClaims`";
const RESOURCE =
  "must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests";
const CONTAINER = "must match the name of an entry in spec.initContainers.name or spec.containers.name";

/** Which claims were made for a pod; upstream's `validatePodResourceClaimStatuses`. */
export function checkClaimStatuses(
  statuses: readonly core.PodResourceClaimStatus[],
  { resourceClaims = [] }: core.PodSpec,
  path: string,
  errors: FieldErrors,
): void {
  const known = new Set(resourceClaims.map(({ name }) => name));
  const names = new Set<string>();
  for (const [index, { name, resourceClaimName: claim }] of statuses.entries()) {
    const at = `${path}[${index}]`;
    if (!known.has(name)) errors.invalid(`${at}.name`, name, CLAIM);
    if (names.has(name)) errors.duplicate(`${at}.name`, name);
    names.add(name);
    if (claim !== undefined) errors.invalidEach(`${at}.resourceClaimName`, claim, dns1123SubdomainErrors(claim));
  }
}

function checkMapping(
  { containerName, resourceName }: core.ContainerExtendedResourceRequest,
  containers: ReadonlyMap<string, core.Container>,
  path: string,
  errors: FieldErrors,
): void {
  const container = containers.get(containerName);
  if (container === undefined) errors.invalid(`${path}.containerName`, containerName, CONTAINER);
  else if (!Object.hasOwn(container.resources.requests ?? {}, resourceName))
    errors.invalid(`${path}.resourceName`, resourceName, RESOURCE);
}

/** The claim for what containers ask for by the name of a resource; upstream's `validatePodExtendedResourceClaimStatus`. */
export function checkExtendedClaimStatus(
  { requestMappings, resourceClaimName: claim }: core.PodExtendedResourceClaimStatus,
  { containers, initContainers = [] }: core.PodSpec,
  path: string,
  errors: FieldErrors,
): void {
  const mappings = requestMappings ?? [];
  if (mappings.length === 0) errors.required(`${path}.requestMappings`, "at least one request mapping is required");
  const known = new Map([...initContainers, ...(containers ?? [])].map((container) => [container.name, container]));
  const seen = new Set<string>();
  for (const [index, mapping] of mappings.entries()) {
    const at = `${path}.requestMappings[${index}]`;
    const { containerName, resourceName, requestName } = mapping;
    checkMapping(mapping, known, at, errors);
    errors.invalidEach(`${path}.requestName`, requestName, dns1123LabelErrors(requestName));
    const key = JSON.stringify([containerName, resourceName, requestName]);
    if (seen.has(key)) {
      errors.duplicate(`${at}.containerName`, containerName);
      errors.duplicate(`${at}.resourceName`, resourceName);
      errors.duplicate(`${at}.requestName`, requestName);
    }
    seen.add(key);
  }
  if (claim === "") errors.required(`${path}.resourceClaimName`);
  else errors.invalidEach(`${path}.resourceClaimName`, claim, dns1123SubdomainErrors(claim));
}
