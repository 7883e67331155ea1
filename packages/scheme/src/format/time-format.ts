const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$/;

/** A day of the calendar, such as `2026-02-28`. */
export function isDate(text: string): boolean {
  const parts = DATE.exec(text);
  if (parts === null) return false;
  const [, year, month, day] = parts.map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A date and a time with a zone, as RFC 3339 says. */
export function isDateTime(text: string): boolean {
  const [day, time, more] = text.toLowerCase().split("t");
  if (day === undefined || time === undefined || more !== undefined || !isDate(day)) return false;
  const parts = TIME.exec(time);
  return parts !== null && Number(parts[1]) <= 23 && Number(parts[2]) <= 59 && Number(parts[3]) <= 59;
}

const GO_PART = /(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h)/y;
const WORD_PART = /(\d+)\s*([A-Za-zµ]+)/g;
const SHORT_UNITS = new Set(["ns", "us", "µs", "ms", "s", "m", "h", "hr", "d", "w", "wk"]);
/** Looking for words in digits takes quadratic time, so there must be an end. */
const MAX_DURATION_LENGTH = 256;
const LONG_UNITS = ["nano", "micro", "milli", "sec", "min", "hour", "day", "week"];

function isGoDuration(text: string): boolean {
  const signed = /^[+-]/.test(text) ? 1 : 0;
  if (text.slice(signed) === "0") return true;
  GO_PART.lastIndex = signed;
  while (GO_PART.lastIndex < text.length) if (!GO_PART.test(text)) return false;
  return text.length > signed;
}

function isUnit(word: string): boolean {
  const unit = word.toLowerCase();
  // Upstream takes any word that begins with the last name of a unit, so `days` and `seconds`, but also `minnow`.
  return SHORT_UNITS.has(unit) || LONG_UNITS.some((name) => unit.startsWith(name));
}

/** A duration as Go writes it (`1h30m`), or with words (`3 days`), at least one of which must be known. */
export function isDuration(text: string): boolean {
  if (text.length > MAX_DURATION_LENGTH) return false;
  if (isGoDuration(text)) return true;
  for (const match of text.matchAll(WORD_PART)) if (isUnit(match[2] ?? "")) return true;
  return false;
}
