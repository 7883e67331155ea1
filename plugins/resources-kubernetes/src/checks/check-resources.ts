import { dns1123LabelErrors, type FieldErrors, Quantity, QuantityError } from "@quarterdeck/meta";
import type { ResourceClaim, ResourceList, ResourceRequirements } from "../types/core-v1.js";
import { checkResourceQuantity } from "./check-quantity.js";
import { type CheckResourceName, checkContainerResourceName } from "./check-resource-name.js";
import { isHugePages, isOvercommittable, pageSizeOf } from "./resource-names.js";

const NONE: ReadonlySet<string> = new Set();

/** How requests and limits are checked. */
export interface ResourceOptions {
  /** Which resources there may be; default: those of a container. */
  readonly checkName?: CheckResourceName;
  /** The names of the pod's resource claims. */
  readonly claims?: ReadonlySet<string>;
  /** Huge pages may be parts of pages, since the stored object has such. */
  readonly indivisibleHugePages?: boolean;
}

/** Whether an amount is whole pages of the size that the resource's name has; upstream's `IsHugePageResourceValueDivisible`. */
export function isWholePages(name: string, text: string): boolean {
  try {
    const size = Quantity.parse(pageSizeOf(name));
    if (size.compare(Quantity.of(0)) <= 0 || !size.isWhole) return false;
    return Quantity.parse(text).units % size.units === 0n;
  } catch (error) {
    if (error instanceof QuantityError) return false;
    throw error;
  }
}

function checkAmount(name: string, text: string, path: string, errors: FieldErrors, options: ResourceOptions): void {
  (options.checkName ?? checkContainerResourceName)(name, path, errors);
  checkResourceQuantity(name, text, path, errors);
}

function checkPages(name: string, text: string, path: string, errors: FieldErrors, options: ResourceOptions): void {
  if (isHugePages(name) && options.indivisibleHugePages !== true && !isWholePages(name, text))
    errors.invalid(path, text, `${text} is not positive integer multiple of ${name}`);
}

function checkAgainstLimit(
  name: string,
  request: string,
  limits: ResourceList,
  path: string,
  errors: FieldErrors,
): void {
  const limit = Object.hasOwn(limits, name) ? limits[name] : undefined;
  if (limit === undefined) {
    if (!isOvercommittable(name))
      errors.required(`${path}.limits`, "Limit must be set for non overcommitable resources");
    return;
  }
  const difference = Quantity.parse(request).compare(Quantity.parse(limit));
  if (difference !== 0 && !isOvercommittable(name))
    errors.invalid(`${path}.requests`, request, `must be equal to ${name} limit of ${limit}`);
  else if (difference > 0)
    errors.invalid(`${path}.requests`, request, `must be less than or equal to ${name} limit of ${limit}`);
}

/** Claims that a container names must be claims of its pod, and each no more than once; upstream's `validateResourceClaimNames`. */
function checkClaims(
  claims: readonly ResourceClaim[],
  known: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  const named = new NamedClaims();
  for (const [index, { name, request = "" }] of claims.entries()) {
    const at = `${path}[${index}]`;
    if (name === "") {
      errors.required(at);
      continue;
    }
    if (named.keys.has(name)) errors.duplicate(at, name);
    else checkClaimRequest(name, request, named, at, errors);
    if (known.has(name)) continue;
    const list = known.size === 0 ? " which is empty" : `: ${[...known].sort().join(", ")}`;
    errors.notFound(at, name, `must be one of the names in pod.spec.resourceClaims${list}`);
  }
}

/** Which claims, and which requests of them, have been named. */
class NamedClaims {
  readonly keys = new Set<string>();
  /** How many requests of a claim. */
  readonly requests = new Map<string, number>();

  add(name: string, request: string): void {
    this.keys.add(request === "" ? name : `${name}/${request}`);
    if (request !== "") this.requests.set(name, (this.requests.get(name) ?? 0) + 1);
  }
}

function checkClaimRequest(name: string, request: string, named: NamedClaims, at: string, errors: FieldErrors): void {
  if (request !== "") errors.invalidEach(`${at}.request`, request, dns1123LabelErrors(request));
  const key = request === "" ? name : `${name}/${request}`;
  if (named.keys.has(key)) errors.duplicate(at, key);
  else {
    // the whole claim after requests of it
    const before = request === "" ? (named.requests.get(name) ?? 0) : 0;
    for (let count = 0; count < before; count++) errors.duplicate(at, name);
    named.add(name, request);
  }
}

/**
 * The requests, limits and claims of a container or, with the names for that, of a pod or its overhead; upstream's
 * `validateResourceRequirements`.
 */
export function checkResources(
  { limits = {}, requests = {}, claims = [] }: ResourceRequirements,
  path: string,
  errors: FieldErrors,
  options: ResourceOptions = {},
): void {
  for (const [name, text] of Object.entries(limits)) {
    checkAmount(name, text, `${path}.limits[${name}]`, errors, options);
    checkPages(name, text, `${path}.limits[${name}]`, errors, options);
  }
  for (const [name, text] of Object.entries(requests)) {
    checkAmount(name, text, `${path}.requests[${name}]`, errors, options);
    checkAgainstLimit(name, text, limits, path, errors);
    checkPages(name, text, `${path}.requests[${name}]`, errors, options);
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes("cpu") && !names.includes("memory"))
    errors.forbidden(path, "HugePages require cpu or memory");
  checkClaims(claims, options.claims ?? NONE, `${path}.claims`, errors);
}
