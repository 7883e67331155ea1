import { escapeJson } from "./escape-json.js";

const ITEM_HEAD_LENGTH = JSON.stringify({ items: [0] }, null, 2).indexOf("0") - 4;
const ITEM_TAIL_LENGTH = "\n  ]\n}".length;

/** JSON with an indent of two spaces, escaped as Go does; undefined members are left out. */
export function prettyJson(value: unknown): string {
  return escapeJson(JSON.stringify(value, null, 2));
}

/** One item of a pretty list, with the indent that it has inside `{ "items": [ … ] }`. */
export function prettyListItem(item: unknown): string {
  return prettyJson({ items: [item] }).slice(ITEM_HEAD_LENGTH, -ITEM_TAIL_LENGTH);
}
