// date, time, optional fraction, zone: what Go's RFC 3339 layouts take
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,9}))?(?:Z|[-+]\d\d:\d\d)$/;
const LONGEST = 40;

/** A text that is no time; the message is that of Go's `time.Parse`. */
export class InvalidTimeError extends Error {
  override readonly name = "InvalidTimeError";
}

/** A time in UTC. */
export interface GoTime {
  /** `2006-01-02T15:04:05`, without a zone. */
  readonly seconds: string;
  /** The digits of the fraction as they were written; empty without one. */
  readonly fraction: string;
}

/** Reads a time as Go's RFC 3339 layouts take it; `layout` is the one that the error names. Throws {@link InvalidTimeError}. */
export function parseGoTime(text: string, layout: string): GoTime {
  const match = text.length <= LONGEST ? TIME.exec(text) : null;
  const milliseconds = match === null ? Number.NaN : Date.parse(text);
  if (Number.isNaN(milliseconds)) {
    const quoted = JSON.stringify(text);
    throw new InvalidTimeError(`parsing time ${quoted} as "${layout}": cannot parse ${quoted} as "2006"`);
  }
  return { seconds: new Date(milliseconds).toISOString().slice(0, 19), fraction: match?.[1] ?? "" };
}
