/** An int64 of etcd as a number; revisions beyond 2^53 would take a million years at a thousand writes a second. */
export function revisionNumber(int64: string): number {
  const number = Number(int64);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`etcd answered with the number ${int64}, which is too large`);
  }
  return number;
}
