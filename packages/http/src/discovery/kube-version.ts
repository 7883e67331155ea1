const KUBE_VERSION = /^v([0-9]{1,9})(?:(alpha|beta)([0-9]{1,9}))?$/;

interface ParsedVersion {
  readonly major: number;
  /** 2 for a stable version, 1 for beta, 0 for alpha. */
  readonly stability: number;
  readonly minor: number;
}

function parse(version: string): ParsedVersion | undefined {
  const match = KUBE_VERSION.exec(version);
  if (match === null) return undefined;
  const stability = match[2] === undefined ? 2 : match[2] === "beta" ? 1 : 0;
  return { major: Number(match[1]), stability, minor: Number(match[3] ?? 0) };
}

/**
 * Orders version names by priority, best first: v2, v1, v1beta2, v1beta1, v1alpha1, then names of no known form by
 * their letters; the order of `k8s.io/apimachinery/pkg/version.CompareKubeAwareVersionStrings`.
 */
export function compareKubeVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) {
    if (left !== undefined) return -1;
    if (right !== undefined) return 1;
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return right.stability - left.stability || right.major - left.major || right.minor - left.minor;
}
