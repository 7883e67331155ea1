import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { part, parts } from "../objects/json-parts.js";

const TYPE = "Dangling";

/** The status that a flow schema should have, undefined when it has it: whether its priority level is missing. */
export function danglingStatus(schema: KubeObject, level: string, exists: boolean, now: Date): JsonObject | undefined {
  const known = parts(part(schema, "status"), "conditions");
  const before = known.find(({ type }) => type === TYPE);
  const status = exists ? "False" : "True";
  const reason = exists ? "Found" : "NotFound";
  const end = exists ? "and it exists" : "but there is no such object";
  const message = `This FlowSchema references the PriorityLevelConfiguration object named ${JSON.stringify(level)} ${end}`;
  if (before?.status === status && before.reason === reason && before.message === message) return undefined;
  const time = `${now.toISOString().slice(0, 19)}Z`;
  const changed = before?.status === status ? (before.lastTransitionTime ?? time) : time;
  const condition = { type: TYPE, status, lastTransitionTime: changed, reason, message };
  return { conditions: [...known.filter(({ type }) => type !== TYPE), condition] };
}
