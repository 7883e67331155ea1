import type { JsonObject } from "@quarterdeck/meta";
import type { ServerContext } from "../request/server-context.js";
import { sendAuditedJson } from "./send-audited.js";

/**
 * Sends what a class answered that is no object of its resource. A `Status` without a code is given that of the answer,
 * as upstream does; one with a code of its own says so in its body alone.
 */
export function sendAnswer(context: ServerContext, code: number, answer: JsonObject): void | Promise<void> {
  const { kind, apiVersion } = answer;
  const isBare = kind === "Status" && apiVersion === "v1" && (answer.code ?? 0) === 0;
  return sendAuditedJson(context, code, isBare ? { ...answer, code } : answer);
}
