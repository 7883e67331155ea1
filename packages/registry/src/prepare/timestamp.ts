/** RFC 3339 in UTC with whole seconds: the form of every time in metadata. */
export function timestamp(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
