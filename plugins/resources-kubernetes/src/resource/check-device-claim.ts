import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import type { DeviceClaim, DeviceRequest, DeviceSubRequest } from "../types/resource-v1.js";
import { checkDeviceName, checkFullAttributeName } from "./check-device-names.js";
import { checkDeviceToleration } from "./check-device-taint.js";
import { checkList, checkSet } from "./check-list.js";
import { checkConfiguration, checkSelectors } from "./check-selectors.js";
import { checkRequestReference, type RequestNames, requestNames } from "./request-names.js";

const MAX_REQUESTS = 32;
const MAX_ALTERNATIVES = 8;
const MAX_CONSTRAINTS = 32;
const MAX_CONFIGS = 32;
const MAX_TOLERATIONS = 16;
const MODES = ["All", "ExactCount"];

function checkAmount({ allocationMode: mode = "", count = 0 }: Wanted, path: string, errors: FieldErrors): void {
  if (mode === "All") {
    if (count !== 0) errors.invalid(`${path}.count`, count, "must not be specified when allocationMode is 'All'");
  } else if (mode === "ExactCount") {
    if (count <= 0) errors.invalid(`${path}.count`, count, "must be greater than zero");
  } else errors.notSupported(`${path}.allocationMode`, mode, MODES);
}

/** What all requests have that ask for devices of a class. */
type Wanted = Omit<DeviceSubRequest, "name">;

function checkWanted(wanted: Wanted, path: string, errors: FieldErrors): void {
  const { deviceClassName, selectors, tolerations } = wanted;
  if (deviceClassName === "") errors.required(`${path}.deviceClassName`);
  else errors.invalidEach(`${path}.deviceClassName`, deviceClassName, dns1123SubdomainErrors(deviceClassName));
  checkSelectors(selectors, `${path}.selectors`, errors);
  checkAmount(wanted, path, errors);
  checkList(tolerations, MAX_TOLERATIONS, `${path}.tolerations`, errors, (one, at) =>
    checkDeviceToleration(one, at, errors),
  );
}

function checkRequest({ name, exactly, firstAvailable = [] }: DeviceRequest, path: string, errors: FieldErrors): void {
  const union = "exactly one of `exactly` or `firstAvailable` is required";
  checkDeviceName(name, `${path}.name`, errors);
  if (exactly === undefined && firstAvailable.length === 0) errors.required(path, union);
  else if (exactly !== undefined && firstAvailable.length > 0)
    errors.invalid(path, null, `${union}, but multiple fields are set`);
  else if (exactly !== undefined) checkWanted(exactly, `${path}.exactly`, errors);
  else
    checkSet(
      firstAvailable,
      MAX_ALTERNATIVES,
      `${path}.firstAvailable`,
      errors,
      (one, at) => {
        checkDeviceName(one.name, `${at}.name`, errors);
        checkWanted(one, at, errors);
      },
      (one) => one.name,
    );
}

/** The requests that a part of a claim is about. */
export function checkReferences(
  requests: readonly string[] | undefined,
  names: RequestNames,
  path: string,
  errors: FieldErrors,
): void {
  checkSet(
    requests,
    MAX_REQUESTS,
    path,
    errors,
    (name, at) => checkRequestReference(name, names, at, errors),
    (name) => name,
  );
}

/** Which devices are claimed, how they must fit together and what their drivers are told; upstream's `validateDeviceClaim`. */
export function checkDeviceClaim(claim: DeviceClaim, path: string, errors: FieldErrors): void {
  const names = requestNames(claim);
  checkSet(
    claim.requests,
    MAX_REQUESTS,
    `${path}.requests`,
    errors,
    (request, at) => checkRequest(request, at, errors),
    ({ name }) => name,
  );
  checkList(claim.constraints, MAX_CONSTRAINTS, `${path}.constraints`, errors, (constraint, at) => {
    const { requests, matchAttribute, distinctAttribute } = constraint;
    checkReferences(requests, names, `${at}.requests`, errors);
    if (matchAttribute !== undefined) checkFullAttributeName(matchAttribute, `${at}.matchAttribute`, errors);
    else if (distinctAttribute !== undefined)
      checkFullAttributeName(distinctAttribute, `${at}.distinctAttribute`, errors);
    else
      errors.required(
        at,
        'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set',
      );
  });
  checkList(claim.config, MAX_CONFIGS, `${path}.config`, errors, (config, at) => {
    checkReferences(config.requests, names, `${at}.requests`, errors);
    checkConfiguration(config, at, errors);
  });
}
