import type { FieldErrors } from "@quarterdeck/meta";

const MAX_BYTES = 128;
// what Go's unicode.IsPrint refuses: everything but letters, marks, numbers, punctuation, symbols and the plain space
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

/** Adds what is wrong with a field manager's name: more than 128 bytes, characters that do not print. */
export function fieldManagerErrors(errors: FieldErrors, manager: string): void {
  if (Buffer.byteLength(manager) > MAX_BYTES) errors.tooLong("fieldManager", MAX_BYTES);
  let at = 0;
  for (const character of manager.slice(0, 4 * MAX_BYTES)) {
    if (UNPRINTABLE.test(character)) {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      errors.invalid("fieldManager", manager, `invalid character U+${code} (at position ${at})`);
    }
    at += Buffer.byteLength(character);
  }
}

/** The manager of a request that names none: its User-Agent up to the slash, printable, cut to 128 bytes. */
export function managerFromUserAgent(userAgent: string): string {
  const slash = userAgent.indexOf("/");
  let manager = "";
  let bytes = 0;
  for (const character of (slash === -1 ? userAgent : userAgent.slice(0, slash)).slice(0, 4 * MAX_BYTES)) {
    if (UNPRINTABLE.test(character)) continue;
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_BYTES) break;
    manager += character;
  }
  return manager;
}
