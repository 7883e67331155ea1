import { describe, expect, it } from "vitest";
import { podNeeds } from "./pod-needs.js";
import { volumeSecrets } from "./volume-secrets.js";

const metadata = { name: "web", namespace: "demo" };

describe("what a pod needs", () => {
  it("is what its containers, volumes, claims and pull secrets name", () => {
    const reference = (name: string) => ({ name });
    const spec = {
      serviceAccountName: "robot",
      imagePullSecrets: [reference("pull")],
      initContainers: [{ envFrom: [{ secretRef: reference("from-secret") }, { configMapRef: reference("from-map") }] }],
      containers: [
        {
          env: [
            { name: "A", valueFrom: { secretKeyRef: { name: "env-secret", key: "k" } } },
            { name: "B", valueFrom: { configMapKeyRef: { name: "env-map", key: "k" } } },
            { name: "C", value: "plain" },
          ],
        },
      ],
      ephemeralContainers: [{ envFrom: [{ secretRef: reference("debug") }] }],
      volumes: [
        { name: "a", secret: { secretName: "volume-secret" } },
        { name: "b", configMap: reference("volume-map") },
        {
          name: "c",
          projected: {
            sources: [{ secret: reference("projected-secret") }, { configMap: reference("projected-map") }],
          },
        },
        { name: "d", persistentVolumeClaim: { claimName: "data" } },
        { name: "e", ephemeral: { volumeClaimTemplate: {} } },
        { name: "f", csi: { nodePublishSecretRef: reference("csi-secret") } },
        { name: "g", emptyDir: {} },
      ],
      resourceClaims: [{ name: "gpu", resourceClaimName: "gpu-claim" }],
    };
    const status = { resourceClaimStatuses: [{ name: "t", resourceClaimName: "made-claim" }] };
    const needs = podNeeds({ apiVersion: "v1", kind: "Pod", metadata, spec, status });
    expect(needs.every(({ namespace }) => namespace === "demo")).toBe(true);
    expect(needs.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      "configmap env-map",
      "configmap from-map",
      "configmap projected-map",
      "configmap volume-map",
      "pvc data",
      "pvc web-e",
      "resourceclaim gpu-claim",
      "resourceclaim made-claim",
      "secret csi-secret",
      "secret debug",
      "secret env-secret",
      "secret from-secret",
      "secret projected-secret",
      "secret pull",
      "secret volume-secret",
      "serviceaccount robot",
    ]);
  });

  it("is nothing for a mirror pod, nor for one that is nonsense", () => {
    const spec = { serviceAccountName: "robot", volumes: [{ secret: { secretName: "s" } }] };
    const annotations = { "kubernetes.io/config.mirror": "x" };
    expect(podNeeds({ apiVersion: "v1", kind: "Pod", metadata: { ...metadata, annotations }, spec })).toEqual([]);
    expect(podNeeds({ apiVersion: "v1", kind: "Pod", metadata, spec: { containers: "none", volumes: [7] } })).toEqual(
      [],
    );
  });
});

it("tells the secrets that a node needs to mount a volume, not those of controllers", () => {
  const spec = {
    claimRef: { namespace: "demo", name: "data" },
    csi: {
      nodeStageSecretRef: { name: "stage", namespace: "storage" },
      controllerPublishSecretRef: { name: "controller", namespace: "storage" },
    },
    azureFile: { secretName: "azure" },
    cephfs: { secretRef: { name: "ceph" } },
  };
  expect(volumeSecrets({ apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "v" }, spec })).toEqual([
    { kind: "secret", namespace: "demo", name: "azure" },
    { kind: "secret", namespace: "demo", name: "ceph" },
    { kind: "secret", namespace: "storage", name: "stage" },
  ]);
});
