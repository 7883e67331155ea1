import { quote } from "./quote.js";

const LONGEST = 1024;
const TRUNCATED = "...TRUNCATED";
/** Clients are few kinds of programs. */
const known = new Map<string, string>();
const MAX_KNOWN = 1000;
/** Longer ones are not worth their place. */
const WORTH = 256;

/** The member `userAgent` with a comma before it; empty without one, cut off after 1024 characters as upstream does. */
export function userAgentJson(agent: string | undefined): string {
  if (agent === undefined || agent === "") return "";
  let json = known.get(agent);
  if (json === undefined) {
    const shown = agent.length > LONGEST ? `${agent.slice(0, LONGEST)}${TRUNCATED}` : agent;
    json = `,"userAgent":${quote(shown)}`;
    if (known.size < MAX_KNOWN && agent.length < WORTH) known.set(agent, json);
  }
  return json;
}
