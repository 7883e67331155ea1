import type { FieldErrors } from "@quarterdeck/meta";
import { checkCel, type WantedResult } from "../checks/check-cel.js";
import type { DeviceConfiguration, DeviceSelector } from "../types/resource-v1.js";
import { checkItems } from "./check-list.js";
import { checkRawObject } from "./check-raw-object.js";
import { MAX_SELECTORS } from "./device-limits.js";

const MAX_EXPRESSION_BYTES = 10 * 1024;

/** What CEL's own parser says of an empty expression. */
const EMPTY_EXPRESSION =
  "compilation failed: ERROR: <input>:1:0: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', " +
  "'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

const WANTED: WantedResult = {
  types: ["bool", "dyn"],
  problem: (found) => `must evaluate to bool or the unknown type, not ${found}`,
};

/** Which devices are chosen, by expressions about `device`; upstream's `validateSelectorSlice`. `stored`: the expressions stand there. `loadCel` must have been awaited. */
export function checkSelectors(
  selectors: readonly DeviceSelector[] | undefined,
  path: string,
  errors: FieldErrors,
  stored = false,
): void {
  checkItems(selectors, MAX_SELECTORS, path, ({ cel }, at) => {
    if (cel === undefined) errors.required(`${at}.cel`);
    else if (stored) return;
    else if (Buffer.byteLength(cel.expression) > MAX_EXPRESSION_BYTES)
      errors.tooLong(`${at}.cel.expression`, MAX_EXPRESSION_BYTES);
    else if (cel.expression === "") errors.invalid(`${at}.cel.expression`, "", EMPTY_EXPRESSION);
    else checkCel(cel.expression, ["device"], `${at}.cel.expression`, errors, WANTED);
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
  checkRawObject(opaque.parameters, `${path}.opaque.parameters`, errors, stored);
}
