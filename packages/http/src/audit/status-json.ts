import type { Status } from "@quarterdeck/meta";
import { escapeJson } from "@quarterdeck/wire";

/** The members of a Status that an event repeats. */
export type ToldStatus = Pick<Status, "status" | "message" | "reason" | "details" | "code">;

/**
 * The answer as an event has it at every level: its code, and the bounded members of the Status if it is one; with the empty
 * metadata that Go writes.
 */
export function statusJson(told: ToldStatus | undefined, code: number): string {
  if (told === undefined) return `{"metadata":{},"code":${code}}`;
  const { status, message, reason, details } = told;
  return escapeJson(JSON.stringify({ metadata: {}, status, message, reason, details, code }));
}
