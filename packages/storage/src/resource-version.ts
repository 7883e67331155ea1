import { StatusError } from "@quarterdeck/meta";

const MAX_UINT64 = 18446744073709551615n;
const DIGITS = /^[0-9]{1,64}$/;

function invalid(text: string, why: string): StatusError {
  const quoted = JSON.stringify(text);
  return StatusError.badRequest(
    `invalid resource version: resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: ${why}`,
  );
}

/** The revision that a `resourceVersion` parameter names; 0 for absent, empty and "0". Throws 400 for anything else. */
export function parseResourceVersion(text: string | undefined): number {
  if (text === undefined || text === "" || text === "0") return 0;
  if (!DIGITS.test(text)) throw invalid(text, "invalid syntax");
  if (text.length > 15 && BigInt(text) > MAX_UINT64) throw invalid(text, "value out of range");
  return Number(text);
}

/** 504 for a revision that the cache did not reach in time; upstream's `NewTooLargeResourceVersionError`. */
export function tooLargeResourceVersion(asked: number, current: number): StatusError {
  const text = Number.isSafeInteger(asked) ? String(asked) : BigInt(asked).toString();
  return StatusError.timeout(`Too large resource version: ${text}, current: ${current}`, 1, [
    { reason: "ResourceVersionTooLarge", message: "Too large resource version" },
  ]);
}

/** 410 for a watch from a revision of which the events are gone; `oldest` is the oldest that would do. */
export function tooOldResourceVersion(asked: number, oldest: number): StatusError {
  return StatusError.expired(`too old resource version: ${asked} (${oldest})`);
}
