import type { Arguments } from "../flags.js";
import { FORGOTTEN, withObject } from "../history/find-object.js";
import { historyTable } from "../history/history-table.js";
import { readChanges } from "../history/object-history.js";
import { UsageError } from "../usage-error.js";

const DEFAULT_LIMIT = 20;
const MOST = 499;

function limitOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MOST) return limit;
  throw new UsageError(`flag --limit takes a number from 1 to ${MOST}, not "${text}"`);
}

/** `history RESOURCE NAME`: who changed what when, newest first. */
export async function history(given: Arguments): Promise<number> {
  const limit = limitOf(given.flags.limit);
  return withObject(given, async (connection, object) => {
    // One more, to say what the oldest change that is shown has changed.
    const { changes, more, forgotten } = await readChanges(connection, object, { limit: limit + 1 });
    process.stdout.write(`${historyTable(changes, limit)}\n`);
    if (more || changes.length > limit) process.stderr.write("there are older changes: --limit shows more\n");
    else if (forgotten) process.stderr.write(`${FORGOTTEN}\n`);
    return 0;
  });
}
