import type { ApiConnection } from "../client/api-connection.js";
import { type ApplySettings, applyQuery } from "./apply-settings.js";
import type { PlacedObject } from "./placed-object.js";
import { failureOf, printApplied, printFailure, printWarnings } from "./print-outcome.js";

/** Applies one object after the other, and goes on behind one that fails; true when all was applied. */
export async function applyEach(
  connection: ApiConnection,
  objects: readonly PlacedObject[],
  settings: ApplySettings,
): Promise<boolean> {
  const query = applyQuery(settings);
  let applied = true;
  for (const one of objects) {
    const answer = await connection.send("PATCH", `${one.path}?${query}`, "application/apply-patch+yaml", one.object);
    printWarnings(answer);
    if (answer.status < 300) {
      printApplied(one, settings);
      continue;
    }
    applied = false;
    printFailure(`${one.title} (${one.source}): ${failureOf(answer, settings)}`);
  }
  return applied;
}
