import type { KubeObject } from "@quarterdeck/meta";
import { admissionAttributes, admissionContract } from "@quarterdeck/testing/admission-contract";
import { NamespaceLifecycle } from "./namespace-lifecycle.js";

const known: KubeObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } };
const find = (name: string): KubeObject | undefined => (name === "default" ? known : undefined);
const namespaces = {
  get: find,
  list: () => [known],
  getFresh: async (name: string) => find(name),
  observe: () => () => {},
};
const resource = { group: "", version: "v1", resource: "namespaces" };

admissionContract({
  name: "namespace-lifecycle",
  create: () => new NamespaceLifecycle({ immortal: ["default"] }, namespaces),
  admits: [
    () => admissionAttributes(),
    () => admissionAttributes({ operation: "DELETE", resource, name: "other", namespace: "" }),
  ],
  denies: [
    () => admissionAttributes({ namespace: "nowhere" }),
    () => admissionAttributes({ operation: "DELETE", resource, name: "default", namespace: "" }),
  ],
});
