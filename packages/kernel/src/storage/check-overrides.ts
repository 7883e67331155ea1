import { formatGroupResource } from "@quarterdeck/meta";
import { nearest, type ResourceDescriptor } from "@quarterdeck/scheme";
import { ConfigError } from "../config/config-error.js";
import type { ResolvedConfig } from "../config/resolved-config.js";

/** Throws a {@link ConfigError} for the first override of a resource that is not there. */
export function checkOverrides({ storageOverrides }: ResolvedConfig, descriptors: readonly ResourceDescriptor[]): void {
  const names = descriptors.map(({ storedIn }) => formatGroupResource(storedIn));
  for (const { resource, use } of storageOverrides) {
    if (names.includes(resource)) continue;
    const otherGroup = descriptors.find((one) => one.resource === resource);
    throw new ConfigError(`no resource is named "${resource}"`, {
      path: use.path,
      value: use.value,
      file: use.origin,
      nearest: otherGroup === undefined ? nearest(resource, names) : formatGroupResource(otherGroup),
    });
  }
}
