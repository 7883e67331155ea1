import { expect, it } from "vitest";
import type { ServiceSpec } from "../../types/core-v1.js";
import { alignClusterIps, keepAllocated } from "./keep-allocated.js";

const OLD: ServiceSpec = {
  type: "NodePort",
  clusterIP: "10.0.0.1",
  clusterIPs: ["10.0.0.1", "fd00::1"],
  ports: [
    { name: "a", port: 1, targetPort: 1, nodePort: 30_001 },
    { name: "b", port: 2, targetPort: 2, nodePort: 30_002 },
  ],
};

function kept(spec: ServiceSpec, old: ServiceSpec = OLD): ServiceSpec {
  keepAllocated(spec, old);
  return spec;
}

it("gives an update that names none the addresses of the service", () => {
  expect(kept({ type: "ClusterIP" })).toMatchObject({ clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1", "fd00::1"] });
  expect(kept({ type: "ExternalName" })).toEqual({ type: "ExternalName" });
  expect(kept({ type: "ClusterIP", clusterIP: "10.0.0.2", clusterIPs: ["10.0.0.2"] })).toMatchObject({
    clusterIPs: ["10.0.0.2"],
  });
});

it("gives ports by their names, but none that another one has", () => {
  const ports = [
    { name: "a", port: 7, targetPort: 7 },
    { name: "c", port: 8, targetPort: 8, nodePort: 30_002 },
    { name: "b", port: 9, targetPort: 9 },
  ];
  expect(kept({ type: "NodePort", ports }).ports?.map(({ nodePort }) => nodePort)).toEqual([30_001, 30_002, undefined]);
  const unallocated = {
    type: "LoadBalancer",
    allocateLoadBalancerNodePorts: false,
    ports: [{ name: "a", port: 7, targetPort: 7 }],
  };
  expect(kept(unallocated).ports).toEqual([{ name: "a", port: 7, targetPort: 7 }]);
});

it("gives the port for health checks", () => {
  const local = { type: "LoadBalancer", externalTrafficPolicy: "Local" };
  expect(kept({ ...local }, { ...local, healthCheckNodePort: 30_003 })).toMatchObject({ healthCheckNodePort: 30_003 });
  expect(kept({ ...local, healthCheckNodePort: 30_004 }, { ...local, healthCheckNodePort: 30_003 })).toMatchObject({
    healthCheckNodePort: 30_004,
  });
});

it.each<[string, ServiceSpec, ServiceSpec | undefined, string[] | undefined]>([
  ["a new one by clusterIP alone", { clusterIP: "10.0.0.1" }, undefined, ["10.0.0.1"]],
  ["a new one by both", { clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.2"] }, undefined, ["10.0.0.2"]],
  ["a new one by neither", {}, undefined, undefined],
  ["an update without clusterIPs", { clusterIP: "10.0.0.1" }, OLD, ["10.0.0.1", "fd00::1"]],
  ["an update that clears clusterIP", { clusterIPs: ["10.0.0.1", "fd00::1"] }, OLD, undefined],
  ["an update of clusterIP alone", { clusterIP: "None", clusterIPs: ["10.0.0.1", "fd00::1"] }, OLD, ["None"]],
  ["an update of both", { clusterIP: "None", clusterIPs: ["10.0.0.9"] }, OLD, ["10.0.0.9"]],
])("brings the fields together: %s", (_, spec, old, expected) => {
  alignClusterIps(spec, old);
  expect(spec.clusterIPs).toEqual(expected);
});
