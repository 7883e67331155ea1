import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import { goText, goType } from "./go-text.js";

/** 500 without a reason, which is what upstream makes of most that is wrong with a patch. */
function failed(message: string): StatusError {
  return StatusError.of(500, undefined, message);
}

function shownAsText(value: JsonValue): string {
  if (value === null) return "%!s(<nil>)";
  return typeof value === "number" || typeof value === "boolean" ? `%!s(${goType(value)}=${value})` : goText(value);
}

/** 500: a `$patch` of another value than the place allows. */
export function unknownPatchType(directive: JsonValue, map: JsonObject): StatusError {
  return failed(`unknown patch type: ${shownAsText(directive)} in map: ${goText(map)}`);
}

/** 500: an item of a keyed list says `$patch: merge`. */
export function mergedItem(): StatusError {
  return failed("merging lists cannot yet be specified in the patch");
}

/** 500: the items of a list and of its patch are not all of one type. */
export function mixedItems(held: readonly JsonValue[], patch: readonly JsonValue[]): StatusError {
  return failed(`list element types are not identical: ${goText([[...held], [...patch]])}`);
}

/** 500: a list of objects that have no key. */
export function keylessItems(): StatusError {
  return failed("cannot merge lists without merge key for ");
}

/** 500: a part of what is kept without a type. */
export function unknownField(struct: string, field: string): StatusError {
  return failed(`unable to find api field in struct ${struct} for the json field ${JSON.stringify(field)}`);
}

/** 500: an item of a keyed list without its key. */
export function missingMergeKey(item: JsonObject, key: string): StatusError {
  return failed(`map: ${goText(item)} does not contain declared merge key: ${key}`);
}

/** 500: a list where the patch needs an object, or the other way round. */
export function wrongPatchType(expected: JsonValue, actual: JsonValue): StatusError {
  return failed(`expected a ${goType(expected)}, but received a ${goType(actual)}`);
}

/** 400: a directive that is malformed itself. */
export function malformedDirective(directive: "primitive list" | "retainKeys" | "setElementOrder list"): StatusError {
  return StatusError.badRequest(`invalid patch format of ${directive}`);
}

/** 500: the items of the patch are in another order than the one that it asks for. */
export function contradictedOrder(items: readonly JsonValue[], order: readonly JsonValue[]): StatusError {
  const texts = [goText([...items]), goText([...order])];
  return failed(`The order in patch list:\n${texts[0]}\n doesn't match $setElementOrder list:\n${texts[1]}\n`);
}
