/** The moment in RFC 3339, to the second. */
export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
