import type { JsonObject } from "@quarterdeck/meta";

const ALL = ["*"];

/** Requests for resources in all namespaces; `clusterScope` adds those outside of any. */
export function resourceRule(
  verbs: readonly string[],
  apiGroups: readonly string[],
  resources: readonly string[],
  clusterScope: boolean,
): JsonObject {
  return {
    verbs: [...verbs],
    apiGroups: [...apiGroups],
    resources: [...resources],
    ...(clusterScope ? { clusterScope } : {}),
    namespaces: ALL,
  };
}

/** All requests that there are. */
export const EVERY_REQUEST: JsonObject = {
  resourceRules: [resourceRule(ALL, ALL, ALL, true)],
  nonResourceRules: [{ verbs: ALL, nonResourceURLs: ALL }],
};

/** Subjects that are groups. */
export function groups(...names: readonly string[]): JsonObject[] {
  return names.map((name) => ({ kind: "Group", group: { name } }));
}

/** Subjects that are users. */
export function users(...names: readonly string[]): JsonObject[] {
  return names.map((name) => ({ kind: "User", user: { name } }));
}

/** Everybody, known or not. */
export const EVERYBODY = groups("system:unauthenticated", "system:authenticated");

/** The service accounts of the system's namespace. */
export const SYSTEM_ACCOUNTS: JsonObject[] = [
  { kind: "ServiceAccount", serviceAccount: { namespace: "kube-system", name: "*" } },
];
