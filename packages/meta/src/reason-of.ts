/** The text of whatever was thrown, for logs and for errors that say why. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
