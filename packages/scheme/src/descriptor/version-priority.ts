/** How stable a version says it is. */
export type Stability = "alpha" | "beta" | "stable";

const VERSION = /^v([1-9][0-9]*)(?:(alpha|beta)([1-9][0-9]*)?)?$/;
const RANK: Readonly<Record<Stability, number>> = { alpha: 0, beta: 1, stable: 2 };

interface ParsedVersion {
  readonly major: number;
  readonly stability: Stability;
  readonly minor: number;
}

function parse(version: string): ParsedVersion | undefined {
  const match = VERSION.exec(version);
  if (match === null) return undefined;
  const [, major, word, minor] = match;
  const stability = word === "alpha" || word === "beta" ? word : "stable";
  return { major: Number(major), stability, minor: Number(minor ?? 0) };
}

/** `v1beta1` is beta; undefined for what is no Kubernetes version. */
export function stabilityOf(version: string): Stability | undefined {
  return parse(version)?.stability;
}

/**
 * Orders versions by priority, the best first, as upstream's kube-aware comparison: stable before beta before alpha,
 * then the higher number; what is no version comes last, by name.
 */
export function compareVersions(left: string, right: string): number {
  const a = parse(left);
  const b = parse(right);
  if (a === undefined || b === undefined) {
    if (a !== b) return a === undefined ? 1 : -1;
    return left < right ? -1 : Number(left > right);
  }
  return RANK[b.stability] - RANK[a.stability] || b.major - a.major || b.minor - a.minor;
}
