import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import type { DeviceClaim, DeviceRequest, DeviceSubRequest, ExactDeviceRequest } from "../types/resource-v1.js";
import { checkDeviceName } from "./check-device-names.js";
import { checkDeviceToleration } from "./check-device-taint.js";
import { checkItems } from "./check-list.js";
import { checkConfiguration, checkSelectors } from "./check-selectors.js";
import { ALLOCATION_MODES, MAX_ALTERNATIVES, MAX_CONFIGS, MAX_CONSTRAINTS, MAX_REQUESTS } from "./device-limits.js";
import { checkRequestReference, type RequestNames, requestNames } from "./request-names.js";

function checkAmount({ allocationMode: mode = "", count = 0 }: Wanted, path: string, errors: FieldErrors): void {
  if (mode === "All") {
    if (count !== 0) errors.invalid(`${path}.count`, count, "must not be specified when allocationMode is 'All'");
  } else if (mode === "ExactCount") {
    if (count <= 0) errors.invalid(`${path}.count`, count, "must be greater than zero");
  } else if (mode === "") errors.notSupported(`${path}.allocationMode`, mode, ALLOCATION_MODES);
}

/** What all requests have that ask for devices of a class. */
type Wanted = Omit<DeviceSubRequest, "name" | "deviceClassName">;

function checkWanted(wanted: Wanted, path: string, errors: FieldErrors): void {
  checkSelectors(wanted.selectors, `${path}.selectors`, errors);
  checkAmount(wanted, path, errors);
  for (const [index, one] of (wanted.tolerations ?? []).entries())
    checkDeviceToleration(one, `${path}.tolerations[${index}]`, errors);
}

function checkExactly(wanted: ExactDeviceRequest, path: string, errors: FieldErrors): void {
  const { deviceClassName } = wanted;
  if (deviceClassName === "") errors.required(`${path}.deviceClassName`);
  else errors.invalidEach(`${path}.deviceClassName`, deviceClassName, dns1123SubdomainErrors(deviceClassName));
  checkWanted(wanted, path, errors);
}

function checkRequest({ name, exactly, firstAvailable = [] }: DeviceRequest, path: string, errors: FieldErrors): void {
  const union = "exactly one of `exactly` or `firstAvailable` is required";
  checkDeviceName(name, `${path}.name`, errors);
  if (exactly === undefined && firstAvailable.length === 0) errors.required(path, union);
  else if (exactly !== undefined && firstAvailable.length > 0)
    errors.invalid(path, null, `${union}, but multiple fields are set`);
  else if (exactly !== undefined) checkExactly(exactly, `${path}.exactly`, errors);
  else
    checkItems(firstAvailable, MAX_ALTERNATIVES, `${path}.firstAvailable`, (one, at) => {
      checkDeviceName(one.name, `${at}.name`, errors);
      checkWanted(one, at, errors);
    });
}

/** The requests that a part of a claim is about. */
export function checkReferences(
  requests: readonly string[] | undefined,
  names: RequestNames,
  path: string,
  errors: FieldErrors,
): void {
  checkItems(requests, MAX_REQUESTS, path, (name, at) => checkRequestReference(name, names, at, errors));
}

/**
 * Which devices are claimed, how they must fit together and what their drivers are told; upstream's `validateDeviceClaim`, but
 * for what it declares.
 */
export function checkDeviceClaim(claim: DeviceClaim, path: string, errors: FieldErrors): void {
  const names = requestNames(claim);
  checkItems(claim.requests, MAX_REQUESTS, `${path}.requests`, (request, at) => checkRequest(request, at, errors));
  checkItems(claim.constraints, MAX_CONSTRAINTS, `${path}.constraints`, (constraint, at) => {
    const { requests, matchAttribute, distinctAttribute } = constraint;
    checkReferences(requests, names, `${at}.requests`, errors);
    if (matchAttribute === undefined && distinctAttribute === undefined)
      errors.required(
        at,
        'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set',
      );
  });
  checkItems(claim.config, MAX_CONFIGS, `${path}.config`, (config, at) => {
    checkReferences(config.requests, names, `${at}.requests`, errors);
    checkConfiguration(config, at, errors);
  });
}
