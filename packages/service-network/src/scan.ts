import { randomBytes } from "node:crypto";

/** Numbers in a row. */
export interface Span {
  readonly first: bigint;
  readonly count: bigint;
}

function randomBelow(count: bigint): bigint {
  return BigInt(`0x${randomBytes(16).toString("hex")}`) % count;
}

/**
 * The first number of a span for which `attempt` succeeds, from one by chance on, around its end and up to there again, so
 * that servers that look at the same time seldom meet. Undefined when none does.
 */
async function scan(
  { first, count }: Span,
  attempt: (number: bigint) => Promise<boolean>,
): Promise<bigint | undefined> {
  if (count <= 0n) return undefined;
  const start = randomBelow(count);
  for (let step = 0n; step < count; step++) {
    const number = first + ((start + step) % count);
    if (await attempt(number)) return number;
  }
  return undefined;
}

/** Which part of a range is left for those who choose themselves, as long as there is something else; KEP-3070. */
function reservedCount(size: bigint, most: bigint, step: bigint): bigint {
  const least = 16n;
  if (size <= least) return 0n;
  const share = size / step;
  return share < least ? least : share > most ? most : share;
}

/** How much of a range of addresses and of ports is kept for those who choose. */
export const RESERVED = {
  addresses: (size: bigint): bigint => reservedCount(size, 256n, 16n),
  ports: (size: bigint): bigint => reservedCount(size, 128n, 32n),
};

/** Looks through the upper part of a span and, when that is taken, through the first `reserved` numbers. */
export async function scanUpperFirst(
  { first, count }: Span,
  reserved: bigint,
  attempt: (number: bigint) => Promise<boolean>,
): Promise<bigint | undefined> {
  const upper = await scan({ first: first + reserved, count: count - reserved }, attempt);
  return upper ?? scan({ first, count: reserved < count ? reserved : count }, attempt);
}
