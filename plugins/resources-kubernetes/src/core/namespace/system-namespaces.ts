import type { BootstrapObject } from "@quarterdeck/sdk";

/** The namespaces that every server has: they are made at the start when they are missing. */
export const systemNamespaces: readonly BootstrapObject[] = [
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
