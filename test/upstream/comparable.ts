import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import type { ServerAnswer } from "./compared-server.js";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g;
/** Whole structs of Go's, which upstream prints as they are inside, and whole bodies. */
const STRUCT = /Invalid value: (\\*")?(\{|map\[).*\}?(\\*")?: /s;
/** What each server chooses by itself: the addresses of services, and these fields. */
const ADDRESS = /\b10\.0\.0\.\d+\b/g;
const OWN = new Set([
  "uid",
  "nodePort",
  "healthCheckNodePort",
  "creationTimestamp",
  "resourceVersion",
  "time",
  "lastTransitionTime",
]);

function maskText(text: string): string {
  return text
    .replace(STRUCT, "Invalid value: …: ")
    .replace(UUID, "UUID")
    .replace(TIME, "TIME")
    .replace(ADDRESS, "ADDRESS");
}

function mask(value: JsonValue): JsonValue {
  if (typeof value === "string") return maskText(value);
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value !== "object" || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(
    names.map((name) => {
      const field = value[name] ?? null;
      return [maskText(name), OWN.has(name) && field !== null ? "…" : mask(field)];
    }),
  );
}

/** What of an answer must be the same on both servers: the whole object, or the whole error, without what each chooses. */
export function comparable({ code, headers, text, body }: ServerAnswer): JsonObject {
  const warning = headers.warning === undefined ? {} : { warning: String(headers.warning) };
  if (code < 400) return { code, ...warning, body: mask(body ?? text) };
  const { reason = null, message = text, details = null } = body ?? {};
  const { causes = null } = Object(details);
  return { code, ...warning, reason, message: mask(message ?? ""), causes: mask(causes) };
}

/** The places where two answers differ, with what is there on each side, in JSON. */
export function* differences(ours: JsonValue | undefined, theirs: JsonValue | undefined, path = ""): Generator<string> {
  const [one, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (one === other) return;
  const both = [ours, theirs];
  if (
    both.every((side) => typeof side === "object" && side !== null) &&
    Array.isArray(ours) === Array.isArray(theirs)
  ) {
    const [left, right] = both.map((side): { [name: string]: JsonValue | undefined } => Object(side));
    for (const name of new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])) {
      yield* differences(left?.[name], right?.[name], `${path}/${name}`);
    }
    return;
  }
  yield `${path}\n    ours   ${one}\n    theirs ${other}`;
}
