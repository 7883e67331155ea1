import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { Pod } from "./pod.js";

const pods = new Compiled(Pod);

function pod(status: JsonObject, spec: JsonObject = {}): KubeObject {
  const containers = [{ name: "a", image: "x" }];
  return pods.object({ spec: { containers, ...spec }, status }, { name: "p", namespace: "demo" });
}

function changes(before: JsonObject, after: JsonObject, spec?: JsonObject): string[] {
  return pods.updateProblems(pod(after, spec), pod(before, spec), { subresource: "status" });
}

function container(name: string, state: JsonObject, more: JsonObject = {}): JsonObject {
  return { name, state, ready: false, restartCount: 0, image: "x", imageID: "y", ...more };
}

const ended = (exitCode: number): JsonObject => ({ terminated: { exitCode } });
const runs = { running: {} };
const STATE = "Forbidden: may not be transitioned to non-terminated state";
const rules = (action: string, restartPolicy = "Never"): JsonObject => ({
  containers: [
    {
      name: "a",
      image: "x",
      restartPolicy,
      restartPolicyRules: [{ action, exitCodes: { operator: "In", values: [42] } }],
    },
  ],
});
const user = (linux: JsonObject): JsonObject => ({ containerStatuses: [container("a", runs, { user: { linux } })] });
const allocated = (list: JsonObject[]): JsonObject => ({
  containerStatuses: [container("a", runs, { allocatedResourcesStatus: list })],
});
const asking = {
  containers: [
    {
      name: "a",
      image: "x",
      resources: {
        requests: { "example.com/gpu": "1" },
        limits: { "example.com/gpu": "1" },
        claims: [{ name: "c" }, { name: "d", request: "r" }],
      },
    },
  ],
  resourceClaims: [
    { name: "c", resourceClaimName: "x" },
    { name: "d", resourceClaimName: "y" },
  ],
};
const extended = (mapping: JsonObject = {}): JsonObject => ({
  extendedResourceClaimStatus: {
    resourceClaimName: "e",
    requestMappings: [{ containerName: "a", resourceName: "example.com/gpu", requestName: "q", ...mapping }],
  },
});

describe("the status of a pod", () => {
  it.each<[JsonObject, JsonObject, JsonObject?]>([
    [
      {},
      {
        phase: "Running",
        conditions: [
          { type: "Ready", status: "True" },
          { type: "example.com/ready", status: "True" },
        ],
      },
    ],
    [
      {},
      { podIP: "1.2.3.4", podIPs: [{ ip: "1.2.3.4" }, { ip: "::1" }], hostIP: "1.1.1.1", hostIPs: [{ ip: "1.1.1.1" }] },
    ],
    [
      { podIP: "010.0.0.1", podIPs: [{ ip: "010.0.0.1" }] },
      { podIP: "010.0.0.1", podIPs: [{ ip: "010.0.0.1" }] },
    ],
    [{ containerStatuses: [container("a", ended(1))] }, { containerStatuses: [container("a", runs)] }],
    [
      { containerStatuses: [container("a", ended(1))] },
      { containerStatuses: [container("a", runs)] },
      { restartPolicy: "OnFailure" },
    ],
    [
      { containerStatuses: [container("a", ended(42))] },
      { containerStatuses: [container("a", runs)] },
      rules("Restart"),
    ],
    [
      { containerStatuses: [container("a", ended(1))] },
      { containerStatuses: [container("a", runs)] },
      rules("RestartAllContainers"),
    ],
    [
      { initContainerStatuses: [container("i", ended(0))] },
      { initContainerStatuses: [container("i", runs)] },
      { restartPolicy: "Never", initContainers: [{ name: "i", image: "x", restartPolicy: "Always" }] },
    ],
    [{}, user({ uid: 2 ** 31, gid: 0, supplementalGroups: [1] })],
    [
      {},
      {
        ...allocated([{ name: "example.com/gpu" }, { name: "claim:c" }, { name: "claim:d/r" }, { name: "claim:e/q" }]),
        ...extended(),
        resourceClaimStatuses: [{ name: "c", resourceClaimName: "x" }],
      },
      asking,
    ],
    [{ nominatedNodeName: "n" }, { nominatedNodeName: "n" }, { nodeName: "m" }],
  ])("may go from %j to %j with %j", (before, after, spec) => {
    expect(changes(before, after, spec)).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, JsonObject, ...unknown[]]>([
    [
      {},
      { observedGeneration: -1, conditions: [{ type: "a b", status: "True", observedGeneration: -1 }] },
      {},
      "status.conditions[0].observedGeneration: Invalid value: -1: must be a non-negative integer",
      expect.stringContaining('status.conditions[0].Type: Invalid value: "a b": name part must consist'),
      "status.observedGeneration: Invalid value: -1: must be a non-negative integer",
    ],
    [
      {},
      { nominatedNodeName: "A" },
      { nodeName: "n" },
      expect.stringContaining('status.nominatedNodeName: Invalid value: "A": a lowercase RFC 1123 subdomain'),
      "status.nominatedNodeName: Forbidden: may not be set on pods that are already bound to a node",
    ],
    [
      { qosClass: "Burstable" },
      { qosClass: "BestEffort" },
      {},
      'status.qosClass: Invalid value: "BestEffort": field is immutable',
    ],
    [
      { containerStatuses: [container("b", runs), container("a", ended(0))] },
      { containerStatuses: [container("a", runs)] },
      { restartPolicy: "OnFailure" },
      `status.containerStatuses[1].state: ${STATE}`,
    ],
    [
      { containerStatuses: [container("a", ended(1))] },
      { containerStatuses: [container("a", runs)] },
      rules("Restart"),
      `status.containerStatuses[0].state: ${STATE}`,
    ],
    [
      { containerStatuses: [container("a", ended(0))] },
      { containerStatuses: [container("a", runs)] },
      rules("Restart", "OnFailure"),
      `status.containerStatuses[0].state: ${STATE}`,
    ],
    [
      { initContainerStatuses: [container("i", ended(0))], ephemeralContainerStatuses: [container("e", ended(1))] },
      { initContainerStatuses: [container("i", runs)], ephemeralContainerStatuses: [container("e", runs)] },
      { restartPolicy: "Never", initContainers: [{ name: "i", image: "x" }] },
      `status.initContainerStatuses[0].state: ${STATE}`,
      `status.ephemeralContainerStatuses[0].state: ${STATE}`,
    ],
    [
      {},
      { resourceClaimStatuses: [{ name: "c", resourceClaimName: "A" }, { name: "c" }, { name: "x" }] },
      asking,
      expect.stringContaining('status.resourceClaimStatuses[0].resourceClaimName: Invalid value: "A"'),
      'status.resourceClaimStatuses[1].name: Duplicate value: "c"',
      'status.resourceClaimStatuses[2].name: Invalid value: "x": must match the name of an entry in `spec.resourceClaims`',
    ],
    [
      {},
      { extendedResourceClaimStatus: { requestMappings: [], resourceClaimName: "" } },
      {},
      "status.extendedResourceClaimStatus.requestMappings: Required value: at least one request mapping is required",
      "status.extendedResourceClaimStatus.resourceClaimName: Required value",
    ],
    [
      {},
      extended({ containerName: "b", requestName: "R" }),
      asking,
      'status.extendedResourceClaimStatus.requestMappings[0].containerName: Invalid value: "b": must match the name of an entry in spec.initContainers.name or spec.containers.name',
      expect.stringContaining('status.extendedResourceClaimStatus.requestName: Invalid value: "R"'),
    ],
    [
      {},
      extended({ resourceName: "example.com/x" }),
      asking,
      'status.extendedResourceClaimStatus.requestMappings[0].resourceName: Invalid value: "example.com/x": must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests',
    ],
    [
      {},
      { hostIP: "", hostIPs: [{ ip: "x" }, { ip: "::1" }] },
      {},
      'status.hostIPs[0].ip: Invalid value: "x": must be equal to `hostIP`',
      'status.hostIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      "status.hostIPs: Internal error: failed to check for dual stack with error:invalid IP[0]: x",
      'status.hostIPs: Invalid value: [{"IP":"x"},{"IP":"::1"}]: may specify no more than one IP for each IP family',
    ],
    [
      {},
      user({ uid: 2 ** 32, gid: -1, supplementalGroups: [-1] }),
      {},
      "status.containerStatuses[0].user.linux.uid: Invalid value: 4294967296: must be between 0 and 4294967295, inclusive",
      "status.containerStatuses[0].user.linux.gid: Invalid value: -1: must be between 0 and 2147483647, inclusive",
      "status.containerStatuses[0].user.linux.supplementalGroups[0]: Invalid value: -1: must be between 0 and 2147483647, inclusive",
    ],
    [
      {},
      user({ uid: 0, gid: 0 }),
      { os: { name: "windows" } },
      "status.containerStatuses[0].user.linux: Forbidden: cannot be set for a windows pod",
    ],
    [
      {},
      allocated([
        {
          name: "cpu",
          resources: [
            { resourceID: "r", health: "x", message: "" },
            { resourceID: "r", health: "Healthy", message: "m".repeat(1025) },
          ],
        },
        { name: "claim:x" },
      ]),
      {},
      `status.containerStatuses[0].allocatedResourcesStatus[0].name: Invalid value: "cpu": must match one of the container's resource requests`,
      'status.containerStatuses[0].allocatedResourcesStatus[0].resources[0].health: Unsupported value: "x": supported values: "Healthy", "Unhealthy", "Unknown"',
      "status.containerStatuses[0].allocatedResourcesStatus[0].resources[0].message: Required value: must be non-empty if specified",
      "status.containerStatuses[0].allocatedResourcesStatus[0].resources[1].message: Too long: may not be more than 1024 bytes",
      'status.containerStatuses[0].allocatedResourcesStatus[0].resources[1].resourceID: Duplicate value: "r"',
      expect.stringContaining(
        `status.containerStatuses[0].allocatedResourcesStatus[1].name: Invalid value: "claim:x": must match one of the container's resource claims as`,
      ),
    ],
    [
      {},
      { ephemeralContainerStatuses: [container("e", runs, { allocatedResourcesStatus: [{ name: "cpu" }] })] },
      {},
      "status.ephemeralContainerStatuses[0].allocatedResourcesStatus: Forbidden: must not be specified in container status",
    ],
  ])("may not go from %j to %j with %j", (before, after, spec, ...expected) => {
    expect(changes(before, after, spec)).toEqual(expected);
  });

  it("names each mapping of an extended resource once", () => {
    const mapping = { containerName: "a", resourceName: "example.com/gpu", requestName: "q" };
    const after = { extendedResourceClaimStatus: { resourceClaimName: "A", requestMappings: [mapping, mapping] } };
    expect(changes({}, after, asking)).toEqual([
      'status.extendedResourceClaimStatus.requestMappings[1].containerName: Duplicate value: "a"',
      'status.extendedResourceClaimStatus.requestMappings[1].resourceName: Duplicate value: "example.com/gpu"',
      'status.extendedResourceClaimStatus.requestMappings[1].requestName: Duplicate value: "q"',
      expect.stringContaining('status.extendedResourceClaimStatus.resourceClaimName: Invalid value: "A"'),
    ]);
  });

  it("comes with annotations, which are checked as they are otherwise", () => {
    const metadata = { name: "p", namespace: "demo" };
    const cost = "controller.kubernetes.io/pod-deletion-cost";
    const annotated = {
      ...pod({}),
      metadata: { ...metadata, annotations: { [cost]: "x", "kubernetes.io/config.mirror": "m" } },
    };
    expect(pods.updateProblems(annotated, pod({}, {}), { subresource: "status" })).toEqual([
      "metadata.annotations[kubernetes.io/config.mirror]: Forbidden: may not add mirror pod annotation",
      'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "m": must set spec.nodeName if mirror pod annotation is set',
      `metadata.annotations[${cost}]: Invalid value: "x": must be a 32bit integer`,
    ]);
  });
});
