import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkDeclaredDriverName } from "../checks/check-csi-driver-name.js";
import { checkEnum } from "../checks/check-enum.js";
import type {
  DeviceClaim,
  DeviceConfiguration,
  DeviceRequest,
  DeviceSubRequest,
  DeviceToleration,
} from "../types/resource-v1.js";
import { checkDeclaredAttributeName } from "./check-device-names.js";
import { checkDeclaredToleration } from "./check-device-taint.js";
import { checkDeclaredSet, checkList } from "./check-list.js";
import {
  ALLOCATION_MODES,
  MAX_ALTERNATIVES,
  MAX_CONFIGS,
  MAX_CONSTRAINTS,
  MAX_REQUESTS,
  MAX_SELECTORS,
} from "./device-limits.js";

/** What all requests have that ask for devices of a class. */
type Wanted = Pick<DeviceSubRequest, "selectors" | "allocationMode" | "tolerations">;

function checkWanted({ selectors, allocationMode = "", tolerations }: Wanted, path: string, errors: FieldErrors): void {
  checkList(selectors, MAX_SELECTORS, `${path}.selectors`, errors, () => {});
  if (allocationMode !== "") checkEnum(allocationMode, ALLOCATION_MODES, `${path}.allocationMode`, errors);
  checkDeclaredTolerations(tolerations, `${path}.tolerations`, errors);
}

/** What upstream declares of tolerations. */
export function checkDeclaredTolerations(
  tolerations: readonly DeviceToleration[] | undefined,
  path: string,
  errors: FieldErrors,
): void {
  for (const [index, one] of (tolerations ?? []).entries()) checkDeclaredToleration(one, `${path}[${index}]`, errors);
}

/** What upstream declares of the requests that a part of a claim is about. */
export function checkDeclaredReferences(
  requests: readonly string[] | undefined,
  path: string,
  errors: FieldErrors,
): void {
  checkDeclaredSet(requests, MAX_REQUESTS, path, errors, (name) => name);
}

/** What upstream declares of that which a driver is told. */
export function checkDeclaredConfiguration({ opaque }: DeviceConfiguration, path: string, errors: FieldErrors): void {
  if (opaque !== undefined) checkDeclaredDriverName(opaque.driver, `${path}.opaque.driver`, errors);
}

function checkRequest({ exactly, firstAvailable }: DeviceRequest, path: string, flat: boolean, errors: FieldErrors) {
  if (exactly !== undefined) checkWanted(exactly, flat ? path : `${path}.exactly`, errors);
  checkDeclaredSet(
    firstAvailable,
    MAX_ALTERNATIVES,
    `${path}.firstAvailable`,
    errors,
    ({ name }) => name,
    (one, at) => {
      const { deviceClassName: name } = one;
      if (name === "") errors.required(`${at}.deviceClassName`);
      else errors.invalidEach(`${at}.deviceClassName`, name, dns1123SubdomainErrors(name, "bytes"));
      checkWanted(one, at, errors);
    },
  );
}

/** What upstream declares at the types of a claim; `flat` as in v1beta1, where what is wanted stands in the request itself. */
export function checkDeclaredClaim(claim: DeviceClaim, path: string, flat: boolean, errors: FieldErrors): void {
  checkDeclaredSet(
    claim.requests,
    MAX_REQUESTS,
    `${path}.requests`,
    errors,
    ({ name }) => name,
    (request, at) => checkRequest(request, at, flat, errors),
  );
  checkList(claim.constraints, MAX_CONSTRAINTS, `${path}.constraints`, errors, (constraint, at) => {
    const { requests, matchAttribute, distinctAttribute } = constraint;
    checkDeclaredReferences(requests, `${at}.requests`, errors);
    if (matchAttribute !== undefined) checkDeclaredAttributeName(matchAttribute, `${at}.matchAttribute`, errors);
    if (distinctAttribute !== undefined)
      checkDeclaredAttributeName(distinctAttribute, `${at}.distinctAttribute`, errors);
  });
  checkList(claim.config, MAX_CONFIGS, `${path}.config`, errors, (config, at) => {
    checkDeclaredReferences(config.requests, `${at}.requests`, errors);
    checkDeclaredConfiguration(config, at, errors);
  });
}
