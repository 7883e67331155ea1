import { table } from "../describe/table.js";
import { changedFields } from "./changed-fields.js";
import type { Change } from "./object-history.js";

/** How many fields of one change are named. */
const MOST_FIELDS = 8;

function who({ user, manager }: Change): string {
  if (user === undefined) return "-";
  return manager === undefined ? user : `${user} / ${manager}`;
}

function when({ time, type, object }: Change): string {
  // A storage without notes knows no times, but an object knows its birth.
  const born = type === "created" ? Object(object?.metadata).creationTimestamp : undefined;
  const known: unknown = time ?? born;
  return typeof known === "string" ? known.replace(/\.\d+Z$/, "Z") : "-";
}

function what(change: Change, before: Change | undefined): string {
  const { type, object } = change;
  if (type !== "updated" || object === undefined) return type;
  if (before?.object === undefined) return "updated (what it was before is not known)";
  const fields = changedFields(before.object, object);
  const more = fields.length > MOST_FIELDS ? [`${fields.length - MOST_FIELDS} more`] : [];
  return fields.length === 0 ? "updated" : `updated ${[...fields.slice(0, MOST_FIELDS), ...more].join(", ")}`;
}

/** The newest `limit` changes as a table; `changes` has the one before them too, if there is one. */
export function historyTable(changes: readonly Change[], limit: number): string {
  const rows = changes.slice(0, limit).map((change, index) => {
    return [String(change.revision), when(change), who(change), what(change, changes[index + 1])];
  });
  return table([["REVISION", "WHEN", "WHO", "WHAT"], ...rows]);
}
