import type { KubeObject } from "@quarterdeck/meta";
import type { AdmissionAttributes } from "@quarterdeck/sdk";

const OBJECT: KubeObject = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "sample", namespace: "default" } };

/** Admission attributes for a test: creating the configmap `default/sample`, changed by what is given. */
export function admissionAttributes(
  changes: Partial<AdmissionAttributes> = {},
): AdmissionAttributes & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    operation: "CREATE",
    kind: { group: "", version: "v1", kind: "ConfigMap" },
    resource: { group: "", version: "v1", resource: "configmaps" },
    subresource: "",
    namespace: "default",
    name: "sample",
    object: changes.operation === "DELETE" ? undefined : structuredClone(OBJECT),
    oldObject: changes.operation === "DELETE" || changes.operation === "UPDATE" ? structuredClone(OBJECT) : undefined,
    dryRun: false,
    user: { name: "tester", groups: ["system:authenticated"] },
    warn: (text) => warnings.push(text),
    annotate() {},
    ...changes,
    warnings,
  };
}
