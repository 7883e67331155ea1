import type { KubeObject } from "@quarterdeck/meta";
import { listAt, textAt } from "./json-paths.js";
import type { GraphKind, GraphObject } from "./node-graph.js";

/** Where a pod's volume names a secret of the pod's namespace. */
const VOLUME_SECRETS: readonly (readonly string[])[] = [
  ["azureFile", "secretName"],
  ["cephfs", "secretRef", "name"],
  ["cinder", "secretRef", "name"],
  ["csi", "nodePublishSecretRef", "name"],
  ["flexVolume", "secretRef", "name"],
  ["iscsi", "secretRef", "name"],
  ["rbd", "secretRef", "name"],
  ["scaleIO", "secretRef", "name"],
  ["secret", "secretName"],
  ["storageos", "secretRef", "name"],
];
/** Pods that a kubelet makes of files of its own must not give it rights to anything. */
const MIRROR = "kubernetes.io/config.mirror";

class Needs {
  readonly list: GraphObject[] = [];

  constructor(private readonly namespace: string) {}

  add(kind: GraphKind, name: string): void {
    if (name !== "") this.list.push({ kind, namespace: this.namespace, name });
  }
}

function addContainers(needs: Needs, pod: KubeObject): void {
  const containers = ["containers", "initContainers", "ephemeralContainers"].flatMap((list) => [
    ...listAt(pod, "spec", list),
  ]);
  for (const container of containers) {
    for (const source of listAt(container, "envFrom")) {
      needs.add("secret", textAt(source, "secretRef", "name"));
      needs.add("configmap", textAt(source, "configMapRef", "name"));
    }
    for (const variable of listAt(container, "env")) {
      needs.add("secret", textAt(variable, "valueFrom", "secretKeyRef", "name"));
      needs.add("configmap", textAt(variable, "valueFrom", "configMapKeyRef", "name"));
    }
  }
}

function addVolumes(needs: Needs, pod: KubeObject): void {
  for (const volume of listAt(pod, "spec", "volumes")) {
    for (const path of VOLUME_SECRETS) needs.add("secret", textAt(volume, ...path));
    needs.add("configmap", textAt(volume, "configMap", "name"));
    for (const source of listAt(volume, "projected", "sources")) {
      needs.add("secret", textAt(source, "secret", "name"));
      needs.add("configmap", textAt(source, "configMap", "name"));
    }
    needs.add("pvc", textAt(volume, "persistentVolumeClaim", "claimName"));
    const ephemeral = Object.hasOwn(Object(volume), "ephemeral");
    if (ephemeral) needs.add("pvc", `${pod.metadata.name}-${textAt(volume, "name")}`);
  }
}

function addClaims(needs: Needs, pod: KubeObject): void {
  for (const claim of listAt(pod, "spec", "resourceClaims")) {
    needs.add("resourceclaim", textAt(claim, "resourceClaimName"));
  }
  for (const claim of listAt(pod, "status", "resourceClaimStatuses")) {
    needs.add("resourceclaim", textAt(claim, "resourceClaimName"));
  }
  needs.add("resourceclaim", textAt(pod, "status", "extendedResourceClaimStatus", "resourceClaimName"));
}

/** What the node needs on which a pod runs: what the pod names, but nothing for a mirror pod. */
export function podNeeds(pod: KubeObject): readonly GraphObject[] {
  if (pod.metadata.annotations?.[MIRROR] !== undefined) return [];
  const needs = new Needs(pod.metadata.namespace ?? "");
  needs.add("serviceaccount", textAt(pod, "spec", "serviceAccountName"));
  for (const secret of listAt(pod, "spec", "imagePullSecrets")) needs.add("secret", textAt(secret, "name"));
  addContainers(needs, pod);
  addVolumes(needs, pod);
  addClaims(needs, pod);
  return needs.list;
}
