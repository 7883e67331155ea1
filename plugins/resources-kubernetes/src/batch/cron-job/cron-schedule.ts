import { InvalidDurationError, parseGoDuration, quoteText } from "@quarterdeck/meta";
import { timeZoneProblem } from "./time-zone.js";

/** Why a text is no schedule, in the words of the parser that upstream has (robfig/cron v3). */
class ScheduleError extends Error {
  override readonly name = "ScheduleError";
}

interface FieldBounds {
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const FIELDS: readonly FieldBounds[] = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  {
    least: 1,
    most: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { least: 0, most: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];
const DESCRIPTORS = new Set(["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]);
const EVERY = "@every ";
const ZONE = /^(?:CRON_)?TZ=/;
const MAX_INT64 = 9_223_372_036_854_775_807n;

function readNumber(text: string): number {
  const failed = (why: string): ScheduleError =>
    new ScheduleError(`failed to parse int from ${text}: strconv.Atoi: parsing ${quoteText(text)}: ${why}`);
  if (!/^[-+]?[0-9]+$/.test(text)) throw failed("invalid syntax");
  const value = BigInt(text.replace("+", ""));
  if (value > MAX_INT64 || value < -MAX_INT64 - 1n) throw failed("value out of range");
  if (value < 0n) throw new ScheduleError(`negative number (${value}) not allowed: ${text}`);
  return Number(value);
}

function readValue(text: string, { least, names }: FieldBounds): number {
  const index = names.indexOf(text.toLowerCase());
  return index === -1 ? readNumber(text) : index + least;
}

/** The range of `*`, `5` or `1-5`, and whether it is one number. */
function readRange(
  expression: string,
  range: string,
  bounds: FieldBounds,
): [start: number, end: number, isOne: boolean] {
  const [low = "", high, ...more] = range.split("-");
  if (low === "*" || low === "?") return [bounds.least, bounds.most, high === undefined];
  const start = readValue(low, bounds);
  if (more.length > 0) throw new ScheduleError(`too many hyphens: ${expression}`);
  return high === undefined ? [start, start, true] : [start, readValue(high, bounds), false];
}

function checkRange(expression: string, bounds: FieldBounds): void {
  const [range = "", by, ...more] = expression.split("/");
  const [start, last, isOne] = readRange(expression, range, bounds);
  if (more.length > 0) throw new ScheduleError(`too many slashes: ${expression}`);
  const step = by === undefined ? 1 : readNumber(by);
  // "5/10" is every tenth from the fifth on
  const end = by !== undefined && isOne ? bounds.most : last;
  const { least, most } = bounds;
  if (start < least) throw new ScheduleError(`beginning of range (${start}) below minimum (${least}): ${expression}`);
  if (end > most) throw new ScheduleError(`end of range (${end}) above maximum (${most}): ${expression}`);
  if (start > end) throw new ScheduleError(`beginning of range (${start}) beyond end of range (${end}): ${expression}`);
  if (step === 0) throw new ScheduleError(`step of range should be a positive number: ${expression}`);
}

function checkDescriptor(text: string): void {
  if (DESCRIPTORS.has(text)) return;
  if (!text.startsWith(EVERY)) throw new ScheduleError(`unrecognized descriptor: ${text}`);
  try {
    parseGoDuration(text.slice(EVERY.length));
  } catch (error) {
    if (!(error instanceof InvalidDurationError)) throw error;
    throw new ScheduleError(`failed to parse duration ${text}: ${error.message}`);
  }
}

/** Takes a zone off the front. Upstream's parser falls over one that nothing follows; its server says so. */
function withoutZone(schedule: string): string {
  if (!ZONE.test(schedule)) return schedule;
  const space = schedule.indexOf(" ");
  if (space === -1) throw new ScheduleError("invalid schedule format: runtime error: slice bounds out of range [:-1]");
  const zone = schedule.slice(schedule.indexOf("=") + 1, space);
  const problem = timeZoneProblem(zone);
  if (problem !== undefined) throw new ScheduleError(`provided bad location ${zone}: ${problem}`);
  return schedule.slice(space).trim();
}

function check(schedule: string): void {
  if (schedule === "") throw new ScheduleError("empty spec string");
  const text = withoutZone(schedule);
  if (text.startsWith("@")) {
    checkDescriptor(text);
    return;
  }
  const fields = text.split(/\p{White_Space}+/u).filter((field) => field !== "");
  if (fields.length !== FIELDS.length) {
    const found = `found ${fields.length}: [${fields.join(" ")}]`;
    throw new ScheduleError(`expected exactly ${FIELDS.length} fields, ${found}`);
  }
  for (const [index, bounds] of FIELDS.entries())
    for (const expression of fields[index]?.split(",") ?? []) if (expression !== "") checkRange(expression, bounds);
}

/** What is wrong with the schedule of a CronJob: five fields or a descriptor such as `@hourly`, maybe after `TZ=`; undefined for a good one. */
export function scheduleProblem(schedule: string): string | undefined {
  try {
    check(schedule);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}
