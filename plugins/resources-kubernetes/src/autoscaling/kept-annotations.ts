const PREFIX = "autoscaling.alpha.kubernetes.io/";

/** Where autoscaling/v1 keeps what only later versions have fields for. */
export const KEPT = {
  metrics: `${PREFIX}metrics`,
  currentMetrics: `${PREFIX}current-metrics`,
  conditions: `${PREFIX}conditions`,
  behavior: `${PREFIX}behavior`,
} as const;

const DROPPED: readonly string[] = [
  ...Object.values(KEPT),
  `${PREFIX}scale-down-tolerance`,
  `${PREFIX}scale-up-tolerance`,
];

interface Texts {
  readonly [key: string]: string;
}

/** Annotations without those; undefined when none is left. Upstream's `DropRoundTripHorizontalPodAutoscalerAnnotations`. */
export function withoutKept(annotations: Texts | undefined): { [key: string]: string } | undefined {
  const rest = Object.entries(annotations ?? {}).filter(([key]) => !DROPPED.includes(key));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/** Annotations with some of those as other annotations have them. */
export function withKeptOf(
  annotations: Texts | undefined,
  source: Texts | undefined,
  ...keys: readonly string[]
): { [key: string]: string } | undefined {
  const rest = Object.entries(annotations ?? {}).filter(([key]) => !keys.includes(key));
  const kept = Object.entries(source ?? {}).filter(([key]) => keys.includes(key));
  const all = [...rest, ...kept];
  return all.length === 0 ? undefined : Object.fromEntries(all);
}
