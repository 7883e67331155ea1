import type { Blueprint } from "@quarterdeck/kernel";
import { formatGroupResource } from "@quarterdeck/meta";
import { table } from "./table.js";

/** Every resource: its versions (the stored one with a star), the file it is from and the rules it records. */
export function describeResources({ descriptors }: Blueprint): string {
  const rows = descriptors.map((one) => {
    const versions = [...one.versions.values()].map(
      ({ version, storage, served }) => `${version}${storage ? "*" : ""}${served ? "" : " (off)"}`,
    );
    const rules = [...one.versions.values()].reduce((sum, version) => sum + version.recordedRules, 0);
    const name = formatGroupResource(one);
    const recorded = rules === 0 ? "-" : `${rules} recorded, not enforced`;
    return [name, one.kind, one.namespaced ? "namespaced" : "cluster", versions.join(", "), recorded, one.source];
  });
  return table([["NAME", "KIND", "SCOPE", "VERSIONS", "CEL RULES", "SOURCE"], ...rows]);
}
