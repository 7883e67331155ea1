import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { claimUsage, isClaimInScope } from "./claim-usage.js";
import { isPodInScope } from "./pod-scope.js";
import { podUsage } from "./pod-usage.js";
import type { Scope } from "./scope.js";
import { serviceUsage } from "./service-usage.js";
import type { Usage } from "./usage.js";

const NOW = Date.parse("2026-01-01T00:00:00Z");

function object(fields: JsonObject, metadata: KubeObject["metadata"] = {}): KubeObject {
  return { apiVersion: "v1", kind: "X", metadata, ...fields };
}

const plain = (usage: Usage) => Object.fromEntries([...usage].map(([name, quantity]) => [name, quantity.toString()]));
const podOf = (spec: JsonObject, more: JsonObject = {}) => object({ spec, ...more });
const needs = (requests: JsonObject, limits: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  resources: { requests, limits },
  ...more,
});
const scope = (name: string, operator = "Exists", values: string[] = []): Scope => ({ name, operator, values });

describe("a pod", () => {
  it("counts what its containers request and are limited to", () => {
    const first = needs({ cpu: "100m", memory: "64Mi", "example.com/gpu": "1" }, { cpu: "1", "hugepages-2Mi": "4Mi" });
    const second = needs({ cpu: "0.4", memory: "1Gi", "hugepages-2Mi": "2Mi" }, { cpu: "500m", memory: "1Gi" });
    expect(plain(podUsage(podOf({ containers: [first, second] }), NOW))).toEqual({
      "count/pods": "1",
      pods: "1",
      cpu: "500m",
      "requests.cpu": "500m",
      memory: "1088Mi",
      "requests.memory": "1088Mi",
      "requests.example.com/gpu": "1",
      "hugepages-2Mi": "2Mi",
      "requests.hugepages-2Mi": "2Mi",
      "limits.cpu": "1500m",
      "limits.memory": "1Gi",
    });
  });

  it.each<[string, JsonObject, string]>([
    [
      "init containers that need more",
      { containers: [needs({ cpu: "1" })], initContainers: [needs({ cpu: "3" })] },
      "3",
    ],
    [
      "init containers that need less",
      { containers: [needs({ cpu: "2" })], initContainers: [needs({ cpu: "1" })] },
      "2",
    ],
    [
      "sidecars beside its containers",
      { containers: [needs({ cpu: "1" })], initContainers: [needs({ cpu: "1" }, {}, { restartPolicy: "Always" })] },
      "2",
    ],
    [
      "init containers that start beside sidecars",
      {
        containers: [needs({ cpu: "1" })],
        initContainers: [needs({ cpu: "1" }, {}, { restartPolicy: "Always" }), needs({ cpu: "5" })],
      },
      "6",
    ],
    ["its overhead", { containers: [needs({ cpu: "1" })], overhead: { cpu: "250m" } }, "1250m"],
    ["what it says of itself", { containers: [needs({ cpu: "1" })], resources: { requests: { cpu: "4" } } }, "4"],
  ])("counts %s", (_what, spec, cpu) => {
    expect(plain(podUsage(podOf(spec), NOW))["requests.cpu"]).toBe(cpu);
  });

  it("has no limit from its overhead alone", () => {
    const spec = { containers: [needs({}, { memory: "1Gi" })], overhead: { cpu: "1", memory: "1Gi" } };
    const usage = plain(podUsage(podOf(spec), NOW));
    expect([usage["limits.memory"], usage["limits.cpu"], usage["requests.cpu"]]).toEqual(["2Gi", undefined, "1"]);
  });

  it.each<[string, KubeObject, boolean]>([
    ["failed", podOf({}, { status: { phase: "Failed" } }), true],
    ["succeeded", podOf({}, { status: { phase: "Succeeded" } }), true],
    ["runs", podOf({}, { status: { phase: "Running" } }), false],
    ["should be gone", object({}, { deletionTimestamp: "2025-12-31T23:59:00Z", deletionGracePeriodSeconds: 30 }), true],
    [
      "is on its way out",
      object({}, { deletionTimestamp: "2025-12-31T23:59:45Z", deletionGracePeriodSeconds: 30 }),
      false,
    ],
  ])("that %s counts for its place in the store, and for more only while it lives", (_what, pod, ended) => {
    expect(plain(podUsage(pod, NOW))).toEqual(ended ? { "count/pods": "1" } : { "count/pods": "1", pods: "1" });
  });

  const bare = podOf({ containers: [needs({ cpu: "0" })] });
  const sized = podOf({ containers: [needs({ cpu: "1" })], activeDeadlineSeconds: 5, priorityClassName: "high" });
  const away = podOf({
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: { namespaces: ["b"] } }],
      },
    },
  });
  it.each<[Scope, boolean, boolean, boolean]>([
    [scope("BestEffort"), true, false, true],
    [scope("NotBestEffort"), false, true, false],
    [scope("Terminating"), false, true, false],
    [scope("NotTerminating"), true, false, true],
    [scope("PriorityClass"), false, true, false],
    [scope("PriorityClass", "DoesNotExist"), true, false, true],
    [scope("PriorityClass", "In", ["low", "high"]), false, true, false],
    [scope("PriorityClass", "NotIn", ["high"]), true, false, true],
    [scope("CrossNamespacePodAffinity"), false, false, true],
    [scope("VolumeAttributesClass"), false, false, false],
  ])("is in the scope %j or not", (one, ...expected) => {
    expect([bare, sized, away].map((pod) => isPodInScope(pod, one))).toEqual(expected);
  });

  it("is of the class that its status says", () => {
    const pod = podOf({ containers: [needs({ cpu: "1" })] }, { status: { qosClass: "BestEffort" } });
    expect(isPodInScope(pod, scope("BestEffort"))).toBe(true);
  });
});

describe("a service", () => {
  const ports = [{ port: 1, nodePort: 30000 }, { port: 2 }];
  it.each<[JsonObject, { [name: string]: string }]>([
    [{ ports }, {}],
    [{ type: "NodePort", ports }, { "services.nodeports": "2" }],
    [
      { type: "LoadBalancer", ports },
      { "services.nodeports": "2", "services.loadbalancers": "1" },
    ],
    [
      { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports },
      { "services.nodeports": "1", "services.loadbalancers": "1" },
    ],
  ])("of %j counts its ports", (spec, more) => {
    expect(plain(serviceUsage(object({ spec })))).toEqual({ "count/services": "1", services: "1", ...more });
  });
});

describe("a claim for a volume", () => {
  const asks = (storage: string, more: JsonObject = {}) => ({ resources: { requests: { storage } }, ...more });

  it("counts its storage, and that of its class", () => {
    const counted = { "count/persistentvolumeclaims": "1", persistentvolumeclaims: "1" };
    expect(plain(claimUsage(object({ spec: asks("1.5Gi") })))).toEqual({ ...counted, "requests.storage": "1536Mi" });
    const ofClass = {
      "gold.storageclass.storage.k8s.io/persistentvolumeclaims": "1",
      "gold.storageclass.storage.k8s.io/requests.storage": "2",
      "requests.storage": "2",
    };
    const gold = object({ spec: asks("1500m", { storageClassName: "gold" }) });
    expect(plain(claimUsage(gold))).toEqual({ ...counted, ...ofClass });
    const annotated = object(
      { spec: asks("2") },
      { annotations: { "volume.beta.kubernetes.io/storage-class": "gold" } },
    );
    expect(plain(claimUsage(annotated))).toEqual({ ...counted, ...ofClass });
  });

  it("counts what it was given when that is more", () => {
    const grown = object({ spec: asks("1Gi"), status: { allocatedResources: { storage: "2Gi" } } });
    expect(plain(claimUsage(grown))["requests.storage"]).toBe("2Gi");
  });

  it("is in the scopes of its attributes", () => {
    const fast = object({ spec: { volumeAttributesClassName: "fast" } });
    const moving = object({ status: { modifyVolumeStatus: { targetVolumeAttributesClassName: "slow" } } });
    const among = scope("VolumeAttributesClass", "In", ["slow"]);
    expect([fast, moving, object({})].map((one) => isClaimInScope(one, among))).toEqual([false, true, false]);
    const any = scope("VolumeAttributesClass");
    expect([fast, moving, object({})].map((one) => isClaimInScope(one, any))).toEqual([true, true, false]);
    expect(isClaimInScope(fast, scope("Terminating"))).toBe(false);
  });
});
