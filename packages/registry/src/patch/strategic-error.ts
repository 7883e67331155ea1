import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import { goText, goType } from "./go-text.js";

/** 400: a `$patch` of another value than the place allows. */
export function unknownPatchType(directive: JsonValue, map: JsonObject): StatusError {
  const shown = directive === null ? "%!s(<nil>)" : goText(directive);
  return StatusError.badRequest(`unknown patch type: ${shown} in map: ${goText(map)}`);
}

/** 400: an item of a keyed list without its key. */
export function missingMergeKey(item: JsonObject, key: string): StatusError {
  return StatusError.badRequest(`map: ${goText(item)} does not contain declared merge key: ${key}`);
}

/** 400: a list where the patch needs an object, or the other way round. */
export function wrongPatchType(expected: JsonValue, actual: JsonValue): StatusError {
  return StatusError.badRequest(`expected a ${goType(expected)}, but received a ${goType(actual)}`);
}

/** 400: a directive that is malformed itself. */
export function malformedDirective(directive: "primitive list" | "retainKeys" | "setElementOrder list"): StatusError {
  return StatusError.badRequest(`invalid patch format of ${directive}`);
}

/** 400: the items of the patch are in another order than the one that it asks for. */
export function contradictedOrder(items: readonly JsonValue[], order: readonly JsonValue[]): StatusError {
  const texts = [goText([...items]), goText([...order])];
  return StatusError.badRequest(
    `The order in patch list:\n${texts[0]}\n doesn't match $setElementOrder list:\n${texts[1]}\n`,
  );
}
