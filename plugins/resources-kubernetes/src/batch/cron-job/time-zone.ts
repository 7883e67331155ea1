import type { FieldErrors } from "@quarterdeck/meta";

const PART = /^[A-Za-z.\-_0-9+]{1,14}$/;

/** True for the name of a zone as this machine's tables have it, letter by letter. */
function isZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What Go's `time.LoadLocation` has against the name of a time zone. */
export function timeZoneProblem(name: string): string | undefined {
  if (name === "" || name === "UTC" || name === "Local") return undefined;
  if (name.includes("..") || name.startsWith("/") || name.startsWith("\\")) return "time: invalid location name";
  // Intl takes offsets for names
  return PART.test(name.slice(0, 1)) && !/^[+-]/.test(name) && isZone(name) ? undefined : `unknown time zone ${name}`;
}

/** The time zone of a schedule: a name of the IANA tables; upstream's `validateTimeZone`. */
export function checkTimeZone(zone: string, path: string, errors: FieldErrors): void {
  if (zone === "") {
    errors.invalid(path, zone, "timeZone must be nil or non-empty string");
    return;
  }
  const parts = zone.split("/");
  if (parts.some((part) => part === "." || part === ".." || part.startsWith("-") || !PART.test(part))) {
    errors.invalid(path, zone, `unknown time zone ${zone}`);
    return;
  }
  if (zone.toLowerCase() === "local") {
    const detail = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
    errors.invalid(path, zone, detail);
  }
  const problem = timeZoneProblem(zone);
  if (problem !== undefined) errors.invalid(path, zone, problem);
}
