import type { JsonObject } from "@quarterdeck/meta";
import type { ApiConnection, ServerAnswer } from "../client/api-connection.js";
import { ApplyError } from "./apply-error.js";
import { type ApplySettings, applyQuery } from "./apply-settings.js";
import type { PlacedObject } from "./placed-object.js";
import { failureOf, printApplied, printWarnings } from "./print-outcome.js";

const PATH = "/quarterdeck/v1/transactions";
const OPERATION = /^operations\[(\d+)\]/;

/** Which operation the server names in its refusal, and what it says of it. */
function namedOperation({ document }: ServerAnswer): number | undefined {
  const { causes } = Object(document.details);
  const cause = Array.isArray(causes) ? causes.find((one) => Object(one).reason === "OperationFailed") : undefined;
  const index = OPERATION.exec(String(Object(cause).field ?? document.message ?? ""))?.[1];
  return index === undefined ? undefined : Number(index);
}

function refusal(answer: ServerAnswer, objects: readonly PlacedObject[], settings: ApplySettings): ApplyError {
  const index = namedOperation(answer);
  const named = index === undefined ? undefined : objects[index];
  const where = named === undefined ? "" : `${named.title} (${named.source}): `;
  const why = failureOf(answer, settings).replace(/^operations\[\d+\]: /, "");
  // A refused operation ends the transaction before its commit; of other failures of the server nothing is known.
  const isKnown = named !== undefined || answer.status < 500;
  return new ApplyError(`${where}${why}; ${isKnown ? "nothing was stored" : "it is not known whether all was stored"}`);
}

/** Applies all objects by one transaction, at one revision, or throws {@link ApplyError} and none is. */
export async function applyTogether(
  connection: ApiConnection,
  objects: readonly PlacedObject[],
  settings: ApplySettings,
): Promise<void> {
  const operations: JsonObject[] = objects.map(({ object }) => ({ verb: "apply", object }));
  const transaction = { kind: "Transaction", apiVersion: "quarterdeck/v1", operations };
  const answer = await connection.send("POST", `${PATH}?${applyQuery(settings)}`, "application/json", transaction);
  printWarnings(answer);
  if (answer.status === 404 && answer.document.kind !== "Status") {
    const why = `the server at ${connection.server} has no transactions; nothing was stored`;
    throw new ApplyError(`${why}. Set server.transactions in its config, or apply without --atomic`);
  }
  if (answer.status >= 300) throw refusal(answer, objects, settings);
  for (const one of objects) printApplied(one, settings);
}
