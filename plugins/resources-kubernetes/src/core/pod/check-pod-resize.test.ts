import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { Pod } from "./pod.js";

const pods = new Compiled(Pod);
const burst = { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", "example.com/gpu": "1" } };

function pod(
  spec: JsonObject = {},
  metadata: Partial<KubeObject["metadata"]> = {},
  status: JsonObject = {},
): KubeObject {
  const containers = [{ name: "a", image: "x", resources: burst }];
  return pods.object({ spec: { containers, ...spec }, status }, { name: "p", namespace: "demo", ...metadata });
}

const one = (resources: JsonObject, more: JsonObject = {}): JsonObject => ({
  containers: [{ name: "a", image: "x", resources, ...more }],
});
const init = (resources: JsonObject, more: JsonObject = {}): JsonObject => ({
  initContainers: [{ name: "i", image: "x", resources, ...more }],
});

function problems(object: KubeObject, old: KubeObject): string[] {
  return pods.updateProblems(object, old, { subresource: "resize" });
}

describe("a resize of a pod", () => {
  it.each<[JsonObject, JsonObject]>([
    [{}, {}],
    [{}, one({ ...burst, requests: { cpu: "2", memory: "2Gi" } })],
    [{}, one({ ...burst, limits: { cpu: "3", memory: "3Gi", "example.com/gpu": "1" } })],
    [init({ requests: { cpu: "1" } }), init({ requests: { cpu: "2" } })],
    [
      init({ requests: { cpu: "1" } }, { restartPolicy: "Always" }),
      init({ requests: { cpu: "2", memory: "1" } }, { restartPolicy: "Always" }),
    ],
    [{ resources: { requests: { cpu: "4" } } }, { resources: { requests: { cpu: "5", memory: "2Gi" } } }],
    [{}, { resources: { requests: { cpu: "4" } } }],
  ])("may go from %j to %j", (before, after) => {
    expect(problems(pod(after), pod(before))).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, ...string[]]>([
    [
      {},
      one({ ...burst, requests: { cpu: "1" } }),
      "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed",
    ],
    [
      {},
      one({ requests: burst.requests, limits: { "example.com/gpu": "1" } }),
      "spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed",
    ],
    [
      {},
      one({ ...burst, limits: { cpu: "2", "example.com/gpu": "2" } }),
      "spec: Forbidden: only cpu and memory resources are mutable",
    ],
    [
      {},
      one(burst, { image: "y", imagePullPolicy: "Always" }),
      "spec: Forbidden: only cpu and memory resources are mutable",
    ],
    [{}, { hostname: "h" }, "spec: Forbidden: only cpu and memory resources are mutable"],
    [
      {},
      { volumes: [{ name: "v", emptyDir: {} }] },
      "spec.volumes: Forbidden: volumes are immutable on resize when InPlacePodVerticalScalingMemoryBackedVolumes feature gate is disabled",
    ],
    [
      {},
      { containers: [{ name: "b", image: "x", resources: burst }] },
      "spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize",
    ],
    [{}, init({}), "spec.initContainers: Forbidden: initContainers may not be added or removed on resize"],
    [
      init({ requests: { cpu: "1" } }),
      init({ requests: { cpu: "1" } }, { image: "y", imagePullPolicy: "Always" }),
      "spec.initContainers[0]: Forbidden: only cpu and memory resources for init or sidecar containers are mutable",
    ],
    [
      init({ requests: { cpu: "1" } }, { resizePolicy: [{ resourceName: "cpu", restartPolicy: "RestartContainer" }] }),
      init({ requests: { cpu: "2" } }, { resizePolicy: [{ resourceName: "cpu", restartPolicy: "RestartContainer" }] }),
      "spec.initContainers[0]: Forbidden: non-sidecar init containers with a resize policy of RestartContainer cannot be resized",
    ],
    [
      {},
      one({ requests: { cpu: "2", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi", "example.com/gpu": "1" } }),
      'spec: Invalid value: "": Pod QOS Class may not change as a result of resizing',
    ],
    [{ resources: { requests: { cpu: "4" } } }, {}, "spec.resources: Forbidden: pod-level resources cannot be removed"],
    [
      { resources: { requests: { cpu: "4", memory: "4Gi" }, limits: { cpu: "5" } } },
      { resources: { requests: { cpu: "4" } } },
      "spec.resources.requests: Forbidden: pod-level resource requests cannot be removed",
      "spec.resources.limits: Forbidden: pod-level resource limits cannot be removed",
    ],
    [
      { resources: { requests: { cpu: "4", "hugepages-2Mi": "2Mi" }, limits: { "hugepages-2Mi": "2Mi" } } },
      { resources: { requests: { cpu: "4", "hugepages-2Mi": "4Mi" }, limits: { "hugepages-2Mi": "4Mi" } } },
      "spec: Forbidden: only cpu and memory resources are mutable at pod-level",
    ],
  ])("may not go from %j to %j", (before, after, ...expected) => {
    expect(problems(pod(after), pod(before))).toEqual(expected);
  });

  it("is not for pods of files, nor for those of Windows", () => {
    const file = pod({ nodeName: "n" }, { annotations: { "kubernetes.io/config.mirror": "m" } });
    expect(problems(file, file)).toEqual([": Forbidden: static pods cannot be resized"]);
    const windows = pod({ os: { name: "windows" } });
    expect(problems(windows, windows)).toEqual([": Forbidden: windows pods cannot be resized"]);
  });

  it("is not for nodes that do not say what a container has", () => {
    const running = { name: "a", state: { running: {} }, ready: true, restartCount: 0, image: "x", imageID: "y" };
    const status = (resources: JsonObject): JsonObject => ({ containerStatuses: [{ ...running, ...resources }] });
    const old = pod({}, {}, status({}));
    expect(problems(old, old)).toEqual(["spec: Forbidden: Pod running on node without support for resize"]);
    const young = pod({}, {}, status({ resources: {} }));
    expect(problems(young, young)).toEqual([]);
  });
});
