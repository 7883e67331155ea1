const PATH = /^\/(?:healthz|livez|readyz|metrics)/;

/** Health and metrics stay readable to the end, so that a stop can be watched; upstream exempts the same paths. */
export function servedWhileStopping(path: string): boolean {
  return PATH.test(path);
}
