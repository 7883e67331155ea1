import type { JsonObject } from "@quarterdeck/meta";
import { answerMessage } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { ServerContext } from "../request/server-context.js";
import { sendAuditedJson } from "./send-audited.js";

/**
 * Sends what a class answered that is no object of its resource. A `Status` without a code is given that of the answer,
 * as upstream does; one with a code of its own says so in its body alone.
 */
export function sendAnswer(
  context: ServerContext,
  { resource, version, subresource }: ResourceRoute,
  code: number,
  answer: JsonObject,
): void | Promise<void> {
  const { kind, apiVersion } = answer;
  const isBare = kind === "Status" && apiVersion === "v1" && (answer.code ?? 0) === 0;
  const message = answerMessage(resource.descriptor, version, subresource, answer);
  return sendAuditedJson(context, code, isBare ? { ...answer, code } : answer, message);
}
