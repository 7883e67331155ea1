import type { FieldErrors } from "@quarterdeck/meta";
import { checkCsiDriverName } from "../checks/check-csi-driver-name.js";
import type { DeviceConfiguration, DeviceSelector } from "../types/resource-v1.js";
import { checkList } from "./check-list.js";

const MAX_SELECTORS = 32;
const MAX_EXPRESSION_BYTES = 10 * 1024;
const MAX_PARAMETER_BYTES = 10 * 1024;

/** Which devices are chosen; whether an expression is CEL is not looked at. Upstream's `validateSelectorSlice`. */
export function checkSelectors(
  selectors: readonly DeviceSelector[] | undefined,
  path: string,
  errors: FieldErrors,
): void {
  checkList(selectors, MAX_SELECTORS, path, errors, ({ cel }, at) => {
    if (cel === undefined) errors.required(`${at}.cel`);
    else if (Buffer.byteLength(cel.expression) > MAX_EXPRESSION_BYTES)
      errors.tooLong(`${at}.cel.expression`, MAX_EXPRESSION_BYTES);
    else if (cel.expression === "") errors.required(`${at}.cel.expression`);
  });
}

/** What a driver is told; upstream's `validateDeviceConfiguration`. `stored`: the parameters may be long, since they stand there. */
export function checkConfiguration(
  { opaque }: DeviceConfiguration,
  path: string,
  errors: FieldErrors,
  stored = false,
): void {
  if (opaque === undefined) {
    errors.required(`${path}.opaque`);
    return;
  }
  checkCsiDriverName(opaque.driver, `${path}.opaque.driver`, errors);
  const at = `${path}.opaque.parameters`;
  if (opaque.parameters === null || opaque.parameters === undefined) errors.required(at);
  else if (!stored && Buffer.byteLength(JSON.stringify(opaque.parameters)) > MAX_PARAMETER_BYTES)
    errors.tooLong(at, MAX_PARAMETER_BYTES);
}
