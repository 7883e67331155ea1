import type { KubeObject } from "@quarterdeck/meta";
import { textAt } from "./json-paths.js";
import type { GraphObject } from "./node-graph.js";

/** Where a volume names a secret that a kubelet reads; those that only controllers need are left out. */
const SECRETS: readonly (readonly string[])[] = [
  ["cephfs", "secretRef"],
  ["cinder", "secretRef"],
  ["csi", "nodeExpandSecretRef"],
  ["csi", "nodePublishSecretRef"],
  ["csi", "nodeStageSecretRef"],
  ["flexVolume", "secretRef"],
  ["iscsi", "secretRef"],
  ["rbd", "secretRef"],
  ["scaleIO", "secretRef"],
  ["storageos", "secretRef"],
];

/** The secrets that a node needs to mount a volume; in the claim's namespace unless the volume names another. */
export function volumeSecrets(volume: KubeObject): readonly GraphObject[] {
  const own = textAt(volume, "spec", "claimRef", "namespace");
  const azure = {
    name: textAt(volume, "spec", "azureFile", "secretName"),
    namespace: textAt(volume, "spec", "azureFile", "secretNamespace"),
  };
  const others = SECRETS.map((path) => ({
    name: textAt(volume, "spec", ...path, "name"),
    namespace: textAt(volume, "spec", ...path, "namespace"),
  }));
  return [azure, ...others]
    .filter(({ name }) => name !== "")
    .map(({ name, namespace }) => ({ kind: "secret", namespace: namespace === "" ? own : namespace, name }));
}
