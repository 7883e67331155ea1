let second = Number.NaN;
let text = "";

/** RFC 3339 in UTC with whole seconds: the form of every time in metadata. */
export function timestamp(time: Date): string {
  const now = Math.floor(time.getTime() / 1000);
  // Most writes come in the second of the one before.
  if (now !== second) {
    second = now;
    text = `${time.toISOString().slice(0, 19)}Z`;
  }
  return text;
}
