import { formatGroupResource } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { Logger } from "@quarterdeck/sdk";

/** Says once, at the start, what the classes declare and the server does not do. */
export function logNotices(descriptors: readonly ResourceDescriptor[], logger: Logger): void {
  for (const { resource, group, versions } of descriptors) {
    const name = formatGroupResource({ group, resource });
    const rules = [...versions.values()].reduce((sum, version) => sum + version.recordedRules, 0);
    if (rules > 0) logger.warn("CEL rules are recorded and published, but not enforced yet", { resource: name, rules });
    for (const { version, served } of versions.values()) {
      if (!served) logger.debug("a version is not served: switch it on in runtimeConfig", { resource: name, version });
    }
  }
}
