import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { Pod } from "./pod.js";

const pods = new Compiled(Pod);

function pod(spec: JsonObject = {}, metadata: Partial<KubeObject["metadata"]> = {}): KubeObject {
  const containers = [{ name: "a", image: "x" }];
  return pods.object({ spec: { containers, ...spec } }, { name: "p", namespace: "demo", ...metadata });
}

function changes(before: JsonObject, after: JsonObject): string[] {
  return pods.updateProblems(pod(after), pod(before));
}

const ONLY =
  "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`," +
  "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations)," +
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n";
const gates = [{ name: "g" }, { name: "h" }];
const key = { key: "k", operator: "Exists" };
const affinity = (...nodeSelectorTerms: JsonObject[]): JsonObject => ({
  schedulingGates: gates,
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
});
const TERMS = "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

describe("a new pod", () => {
  it.each<[KubeObject, ...string[]]>([
    [pod()],
    [
      pod({ ephemeralContainers: [{ name: "e", image: "x" }] }),
      "spec.ephemeralContainers: Forbidden: cannot be set on create",
    ],
    [
      pod({ nodeName: "n", schedulingGates: gates }),
      "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared",
    ],
    [
      pod({ volumes: [{ name: "v", projected: { sources: [{ serviceAccountToken: { path: "t" } }] } }] }),
      "spec.volumes[0].projected.sources[0].serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set",
    ],
    [
      pod({ containers: [{ name: "a", image: "x " }], initContainers: [{ name: "i", image: " x" }] }),
      'spec.containers[0].image: Invalid value: "x ": must not have leading or trailing whitespace',
      'spec.initContainers[0].image: Invalid value: " x": must not have leading or trailing whitespace',
    ],
    [
      pod({}, { annotations: { "kubernetes.io/config.mirror": "m" } }),
      'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "m": must set spec.nodeName if mirror pod annotation is set',
    ],
    [
      pod({ hostNetwork: true, containers: [{ name: "a", image: "x", ports: [{ containerPort: 1, hostPort: 2 }] }] }),
      "spec.containers[0].ports[0].hostPort: Invalid value: 2: must match `containerPort` when `hostNetwork` is true",
    ],
  ])("is checked: %j", (object, ...expected) => {
    expect(pods.problems(object)).toEqual(expected);
  });

  it("has no grace below 0, which its defaults make 1 of", () => {
    const object = pod();
    const spec = { ...Object(object.spec), terminationGracePeriodSeconds: -1 };
    expect(pods.problems({ ...object, spec })).toEqual([
      "spec.terminationGracePeriodSeconds: Invalid value: -1: must be greater than or equal to 0",
    ]);
  });
});

describe("an update of a pod", () => {
  it.each<[string, JsonObject, JsonObject]>([
    ["nothing", {}, {}],
    ["an image", {}, { containers: [{ name: "a", image: "y" }] }],
    [
      "the image of an init container",
      { initContainers: [{ name: "i", image: "x" }] },
      { initContainers: [{ name: "i", image: "y" }] },
    ],
    ["the deadline, if it comes sooner", { activeDeadlineSeconds: 9 }, { activeDeadlineSeconds: 8 }],
    ["the deadline, if there was none", {}, { activeDeadlineSeconds: 8 }],
    ["tolerations, if more", { tolerations: [key] }, { tolerations: [{ ...key, key: "l" }, key] }],
    [
      "for how long a toleration holds",
      { tolerations: [{ ...key, effect: "NoExecute" }] },
      { tolerations: [{ ...key, effect: "NoExecute", tolerationSeconds: 1 }] },
    ],
    ["a grace that was below 0 to 1", { terminationGracePeriodSeconds: -5 }, { terminationGracePeriodSeconds: 1 }],
    ["gates, if fewer", { schedulingGates: gates }, { schedulingGates: [{ name: "g" }] }],
    [
      "the nodes, if fewer, of one that is gated",
      { schedulingGates: gates },
      { schedulingGates: gates, nodeSelector: { a: "b" } },
    ],
    ["node affinity of one that is gated", { schedulingGates: gates }, affinity({ matchExpressions: [key] })],
    [
      "requirements of one that is gated",
      affinity({ matchExpressions: [key] }),
      affinity({ matchExpressions: [key, { ...key, key: "l" }] }),
    ],
  ])("may change %s", (_, before, after) => {
    expect(changes(before, after)).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, ...string[]]>([
    [
      {},
      {
        containers: [
          { name: "a", image: "x" },
          { name: "b", image: "x" },
        ],
      },
      "spec.containers: Forbidden: pod updates may not add or remove containers",
    ],
    [
      {},
      { initContainers: [{ name: "i", image: "x" }] },
      "spec.initContainers: Forbidden: pod updates may not add or remove containers",
    ],
    [
      {},
      { containers: [{ name: "a", image: "", imagePullPolicy: "Always" }] },
      "spec.containers[0].image: Required value",
    ],
    [
      { activeDeadlineSeconds: 8 },
      { activeDeadlineSeconds: 9 },
      "spec.activeDeadlineSeconds: Invalid value: 9: must be less than or equal to previous value",
    ],
    [
      { activeDeadlineSeconds: 8 },
      {},
      "spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value",
    ],
    [
      {},
      { activeDeadlineSeconds: -1 },
      "spec.activeDeadlineSeconds: Invalid value: -1: must be between 1 and 2147483647, inclusive",
      "spec.activeDeadlineSeconds: Invalid value: -1: must be between 0 and 2147483647, inclusive",
    ],
    [
      { tolerations: [key] },
      {},
      "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds",
    ],
    [
      { schedulingGates: [{ name: "g" }] },
      { schedulingGates: gates },
      "spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'h'",
    ],
    [
      { schedulingGates: gates, nodeSelector: { a: "b" } },
      { schedulingGates: gates },
      "spec.nodeSelector: Invalid value: null: only additions to spec.nodeSelector are allowed (no mutations or deletions)",
    ],
    [
      { schedulingGates: gates, nodeSelector: { a: "b" } },
      { schedulingGates: gates, nodeSelector: { a: "c" } },
      'spec.nodeSelector: Invalid value: {"a":"c"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
    ],
    [
      affinity({ matchExpressions: [key] }),
      affinity({ matchExpressions: [{ ...key, key: "l" }] }),
      `${TERMS}[0]: Invalid value: {"MatchExpressions":[{"Key":"l","Operator":"Exists","Values":null}],"MatchFields":null}: only additions are allowed (no mutations or deletions)`,
    ],
    [
      affinity({ matchExpressions: [key] }),
      { schedulingGates: gates },
      `${TERMS}: Invalid value: null: no additions/deletions to non-empty NodeSelectorTerms list are allowed`,
    ],
    [
      affinity({}),
      affinity({ matchFields: [{ key: "metadata.name", operator: "In", values: ["n"] }] }),
      `${TERMS}[0]: Invalid value: {"MatchExpressions":null,"MatchFields":[{"Key":"metadata.name","Operator":"In","Values":["n"]}]}: only additions are allowed (no mutations or deletions)`,
    ],
  ])("may not go from %j to %j", (before, after, ...expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  it("tells what else changes, and that alone", () => {
    const tolerations = [key];
    expect(changes({}, { hostname: "h", tolerations, containers: [{ name: "a", image: "y" }] })).toEqual([
      `${ONLY}@@ -64,7 +64,7 @@\n   "SELinuxChangePolicy": null\n  },\n  "ImagePullSecrets": null,\n- "Hostname": "",\n+ "Hostname": "h",\n  "Subdomain": "",\n  "Affinity": null,\n  "SchedulerName": "default-scheduler",\n`,
    ]);
    expect(changes({ nodeSelector: { a: "b" } }, {})).toEqual([expect.stringContaining('\n- "NodeSelector": {\n')]);
    expect(changes({ terminationGracePeriodSeconds: 30 }, { terminationGracePeriodSeconds: 1 })).toEqual([
      expect.stringContaining('\n- "TerminationGracePeriodSeconds": 30,\n+ "TerminationGracePeriodSeconds": 1,\n'),
    ]);
  });

  it("keeps some annotations", () => {
    const appArmor = "container.apparmor.security.beta.kubernetes.io/a";
    const mirror = "kubernetes.io/config.mirror";
    const spec = { nodeName: "n" };
    const old = pod(spec, { annotations: { [appArmor]: "unconfined", [mirror]: "m", a: "b" } });
    const without = pod(spec, { annotations: {} });
    expect(pods.updateProblems(without, old)).toEqual([
      `metadata.annotations[${appArmor}]: Forbidden: may not remove or update AppArmor annotations`,
      `metadata.annotations[${mirror}]: Forbidden: may not remove or update mirror pod annotation`,
    ]);
    expect(pods.updateProblems(old, without)).toEqual([
      `metadata.annotations[${appArmor}]: Forbidden: may not add AppArmor annotations`,
      `metadata.annotations[${mirror}]: Forbidden: may not add mirror pod annotation`,
    ]);
  });
});

describe("containers that look in", () => {
  const look = (...containers: JsonObject[]): KubeObject => pod({ ephemeralContainers: containers });
  const problems = (object: KubeObject, old: KubeObject): string[] =>
    pods.updateProblems(object, old, { subresource: "ephemeralcontainers" });
  const e = { name: "e", image: "x" };

  it("are added", () => {
    expect(problems(look(e), pod())).toEqual([]);
    expect(problems(look({ name: "f", image: "x" }, e), look(e))).toEqual([]);
  });

  it("stay as they are", () => {
    expect(problems(pod(), look(e))).toEqual([
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "e" may not be removed\n',
    ]);
    expect(problems(look({ ...e, image: "y" }), look(e))).toEqual([
      expect.stringMatching(
        /^spec\.ephemeralContainers: Forbidden: existing ephemeral containers "e" may not be changed\n@@ .*\n- "Image": "x",\n\+ "Image": "y",\n/s,
      ),
    ]);
  });

  it("are not for pods that a kubelet has from a file", () => {
    const old = pod({ nodeName: "n" }, { annotations: { "kubernetes.io/config.mirror": "m" } });
    expect(problems(look(e), old)).toEqual([": Forbidden: static pods do not support ephemeral containers"]);
  });
});
