import type { KubeObject } from "@quarterdeck/meta";

/** When an object was last written as far as it tells, in milliseconds since 1970: by its managers' times, or its creation. */
export function lastWrite({ metadata }: KubeObject): number {
  const times = [metadata.creationTimestamp, ...(metadata.managedFields ?? []).map(({ time }) => time)];
  return Math.max(0, ...times.map((time) => Date.parse(time ?? "")).filter((time) => !Number.isNaN(time)));
}
