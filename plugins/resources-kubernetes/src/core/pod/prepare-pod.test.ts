import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { expect, test } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { Pod } from "./pod.js";

const pods = new Compiled(Pod);
const { hooks } = pods.version;
const CONTAINER = { name: "a", image: "nginx:1" };

function created(fields: object, metadata: KubeObject["metadata"] = { name: "a", namespace: "demo" }): KubeObject {
  const object = pods.object(JSON.parse(JSON.stringify(fields)), metadata);
  hooks.prepareForCreate?.(object, context);
  return object;
}

function updated(old: KubeObject, change: (object: KubeObject) => void, subresource = ""): KubeObject {
  const object = structuredClone(old);
  change(object);
  const place = { ...context, operation: "UPDATE", subresource } as const;
  if (subresource === "") hooks.prepareForUpdate?.(object, old, place);
  else hooks.prepareForPartUpdate?.(object, old, place);
  return object;
}

function fieldsOf(object: KubeObject, field: "spec" | "status"): JsonObject {
  return Object(object[field]);
}

const requests = (cpu?: string, memory?: string) => ({ ...(cpu && { cpu }), ...(memory && { memory }) });

test.each<[qosClass: string, spec: object]>([
  ["BestEffort", { containers: [CONTAINER] }],
  ["BestEffort", { containers: [{ ...CONTAINER, resources: { requests: { "example.com/gpu": "1" } } }] }],
  ["Burstable", { containers: [{ ...CONTAINER, resources: { requests: requests("1") } }] }],
  ["Burstable", { containers: [{ ...CONTAINER, resources: { limits: requests("1") } }] }],
  ["Guaranteed", { containers: [{ ...CONTAINER, resources: { limits: requests("1", "1Gi") } }] }],
  [
    "Guaranteed",
    {
      containers: [
        { ...CONTAINER, resources: { requests: requests("1000m", "1024Mi"), limits: requests("1", "1Gi") } },
      ],
    },
  ],
  [
    "Burstable",
    {
      containers: [
        { ...CONTAINER, resources: { limits: requests("1", "1Gi") } },
        { ...CONTAINER, name: "b" },
      ],
    },
  ],
  [
    "Burstable",
    {
      initContainers: [CONTAINER],
      containers: [{ ...CONTAINER, name: "b", resources: { limits: requests("1", "1Gi") } }],
    },
  ],
  ["Guaranteed", { resources: { limits: requests("1", "1Gi") }, containers: [CONTAINER] }],
  ["BestEffort", { resources: {}, containers: [CONTAINER] }],
])("is %s", (qosClass, spec) => {
  expect(created({ spec, status: { phase: "Running", podIP: "10.0.0.1" } }).status).toEqual({
    phase: "Pending",
    qosClass,
  });
});

test("waits for its gates", () => {
  const { status } = created({ spec: { schedulingGates: [{ name: "g" }], containers: [CONTAINER] } });
  expect(status).toEqual({
    phase: "Pending",
    qosClass: "BestEffort",
    conditions: [
      {
        type: "PodScheduled",
        status: "False",
        reason: "SchedulingGated",
        message: "Scheduling is blocked due to non-empty scheduling gates",
        lastProbeTime: null,
        lastTransitionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    ],
  });
});

test.each<[title: string, resources: object, containers: object[], completed: object]>([
  ["nothing is said", {}, [{ resources: { requests: requests("1") } }], {}],
  [
    "containers request",
    { limits: requests("4", "4Gi") },
    [{ resources: { requests: requests("1") } }, { resources: { requests: requests("500m") } }],
    { limits: requests("4", "4Gi"), requests: requests("1500m", "4Gi") },
  ],
  [
    "all are limited",
    { requests: requests("3") },
    [{ resources: { limits: requests("1") } }, { resources: { limits: requests("1", "1Gi") } }],
    { requests: requests("3", "1Gi"), limits: requests("3") },
  ],
  [
    "huge pages are limited",
    { requests: requests("1") },
    [{ resources: { limits: { "hugepages-2Mi": "2Mi" }, requests: { "hugepages-2Mi": "2Mi" } } }],
    { requests: { cpu: "1", "hugepages-2Mi": "2Mi" }, limits: { "hugepages-2Mi": "2Mi" } },
  ],
])("completes the resources of the pod: %s", (_, resources, containers, completed) => {
  const spec = { resources, containers: containers.map((one, index) => ({ name: `c${index}`, ...one })) };
  expect(fieldsOf(created({ spec }), "spec").resources).toEqual(completed);
});

test("counts what runs at once, and the greediest of what runs before", () => {
  const one = (cpu: string, more: object = {}) => ({ resources: { requests: { cpu } }, ...more });
  const spec = {
    resources: { limits: { cpu: "100" } },
    initContainers: [one("1", { name: "s", restartPolicy: "Always" }), one("5", { name: "i" })],
    containers: [one("2", { name: "c" })],
  };
  expect(fieldsOf(created({ spec }), "spec").resources).toMatchObject({ requests: { cpu: "6" } });
});

test("writes label keys into the selectors", () => {
  const labels = { app: "web", rev: "1" };
  const term = () => ({
    topologyKey: "zone",
    labelSelector: {},
    matchLabelKeys: ["rev"],
    mismatchLabelKeys: ["app", "no"],
  });
  const spec = {
    containers: [CONTAINER],
    affinity: {
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term()] },
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term() }] },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "zone",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: {},
        matchLabelKeys: ["rev"],
      },
      { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", matchLabelKeys: ["rev"] },
    ],
  };
  const rev = { key: "rev", operator: "In", values: ["1"] };
  const app = { key: "app", operator: "NotIn", values: ["web"] };
  const result = created({ spec }, { name: "a", namespace: "demo", labels });
  expect(result.spec).toMatchObject({
    affinity: {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchExpressions: [rev, app] } }],
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { podAffinityTerm: { labelSelector: { matchExpressions: [rev, app] } } },
        ],
      },
    },
    topologySpreadConstraints: [{ labelSelector: { matchExpressions: [rev] } }, { matchLabelKeys: ["rev"] }],
  });
});

test("leaves out what 1.37 has switched off, unless it was there", () => {
  const spec = {
    schedulingGroup: { podGroupName: "g" },
    containers: [{ ...CONTAINER, lifecycle: { stopSignal: "SIGTERM" } }],
  };
  const metadata = { name: "a", namespace: "demo", annotations: { "pod.beta.kubernetes.io/init-containers": "[]" } };
  const pod = created({ spec }, metadata);
  expect(fieldsOf(pod, "spec").schedulingGroup).toBeUndefined();
  expect(fieldsOf(pod, "spec").containers).toEqual([expect.not.objectContaining({ lifecycle: expect.anything() })]);
  expect(pod.metadata.annotations).toEqual({});
  const old = pods.object(JSON.parse(JSON.stringify({ spec })));
  const kept = updated(old, () => {});
  expect(kept.spec).toEqual(old.spec);
});

test("moves AppArmor annotations into the fields", () => {
  const key = "container.apparmor.security.beta.kubernetes.io/a";
  const warnings: string[] = [];
  const pod = (annotation: string, securityContext: object = {}) => {
    const object = pods.object(JSON.parse(JSON.stringify({ spec: { securityContext, containers: [CONTAINER] } })), {
      name: "a",
      annotations: { [key]: annotation },
    });
    hooks.prepareForCreate?.(object, { ...context, warn: (text) => warnings.push(text) });
    return Object(object.spec).containers[0].securityContext;
  };
  const deprecated = `metadata.annotations[${key}]: deprecated since v1.30; use the "appArmorProfile" field instead`;
  expect(pod("runtime/default")).toEqual({ appArmorProfile: { type: "RuntimeDefault" } });
  expect(pod("localhost/x")).toEqual({ appArmorProfile: { type: "Localhost", localhostProfile: "x" } });
  expect(pod("localhost/")).toBeUndefined();
  expect(warnings.splice(0)).toEqual([deprecated, deprecated, deprecated]);
  expect(pod("unconfined", { appArmorProfile: { type: "Unconfined" } })).toBeUndefined();
  expect(warnings).toEqual([]);
});

test("a status keeps what its writer does not know", () => {
  const old = pods.object({
    status: {
      phase: "Pending",
      qosClass: "Burstable",
      observedGeneration: 2,
      resourceClaimStatuses: [{ name: "c" }],
      conditions: [{ type: "Ready", status: "False", observedGeneration: 2 }],
    },
  });
  const next = updated(
    old,
    (object) => {
      object.status = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
    },
    "status",
  );
  expect(next.status).toEqual({
    phase: "Running",
    qosClass: "Burstable",
    observedGeneration: 2,
    resourceClaimStatuses: [{ name: "c" }],
    conditions: [{ type: "Ready", status: "True", observedGeneration: 2 }],
  });
});

test("a status may bring labels, but owners stay", () => {
  const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "web", uid: "1" };
  const old = pods.object({}, { name: "a", ownerReferences: [owner] });
  const next = updated(
    old,
    (object) => {
      object.metadata = { name: "a", labels: { seen: "yes" } };
    },
    "status",
  );
  expect(next.metadata).toEqual({ name: "a", labels: { seen: "yes" }, ownerReferences: [owner] });
});

test("a status is warned of addresses that should be written otherwise", () => {
  const old = pods.object({});
  const object = pods.object({
    status: { podIPs: [{ ip: "10.0.0.1" }, { ip: "FD00::1" }], hostIPs: [{ ip: "010.0.0.1" }] },
  });
  const warnings: string[] = [];
  hooks.prepareForPartUpdate?.(object, old, { ...context, subresource: "status", warn: (text) => warnings.push(text) });
  expect(warnings).toEqual([
    'status.podIPs[1].ip: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
    'status.hostIPs[0].ip: non-standard IP address "010.0.0.1" is invalid: use "10.0.0.1"',
  ]);
});

test("ephemeral containers are all that their part changes, and count as a generation", () => {
  const old = created({ spec: { containers: [CONTAINER] } }, { name: "a", namespace: "demo", generation: 1 });
  const next = updated(
    old,
    (object) => {
      object.metadata.labels = { a: "b" };
      object.status = {};
      object.spec = { containers: [], nodeName: "n", ephemeralContainers: [{ name: "debug", image: "busybox" }] };
    },
    "ephemeralcontainers",
  );
  const ephemeralContainers = [{ name: "debug", image: "busybox" }];
  expect(next).toEqual({
    ...old,
    metadata: { name: "a", namespace: "demo", generation: 2 },
    spec: { ...fieldsOf(old, "spec"), ephemeralContainers },
  });
  expect(updated(next, () => {}, "ephemeralcontainers")).toEqual(next);
});

test("a resize changes resources alone", () => {
  const old = created({ spec: { containers: [CONTAINER] } }, { name: "a", namespace: "demo", generation: 1 });
  const resizePolicy = [{ resourceName: "cpu", restartPolicy: "NotRequired" }];
  const next = updated(
    old,
    (object) => {
      const spec = Object(object.spec);
      spec.nodeName = "n";
      spec.containers = [{ name: "a", image: "other", resources: { requests: { cpu: "1" } }, resizePolicy }];
    },
    "resize",
  );
  const [container] = Object(old.spec).containers;
  expect(next.spec).toEqual({
    ...fieldsOf(old, "spec"),
    containers: [{ ...container, resources: { requests: { cpu: "1" } }, resizePolicy }],
  });
  expect(next.metadata.generation).toBe(2);
});

test.each<[wanted: object[]]>([[[]], [[{ name: "b", image: "x" }]]])(
  "a resize of other containers is for the validation to refuse: %j",
  (containers) => {
    const old = created({ spec: { containers: [CONTAINER] } });
    const next = updated(
      old,
      (object) => {
        object.spec = { containers: JSON.parse(JSON.stringify(containers)) };
      },
      "resize",
    );
    expect(next.spec).toMatchObject({ containers });
  },
);

test.each<[period: number, fields: object, asked: number | undefined]>([
  [0, { spec: {} }, undefined],
  [0, { spec: {} }, 10],
  [30, { spec: { nodeName: "n" } }, undefined],
  [7, { spec: { nodeName: "n", terminationGracePeriodSeconds: 7 } }, undefined],
  [5, { spec: { nodeName: "n" } }, 5],
  [1, { spec: { nodeName: "n" } }, -1],
  [0, { spec: { nodeName: "n" } }, 0],
  [0, { spec: { nodeName: "n" }, status: { phase: "Failed" } }, 10],
  [0, { spec: { nodeName: "n" }, status: { phase: "Succeeded" } }, undefined],
])("has %i seconds to end: %j asked for %j", (period, fields, asked) => {
  expect(hooks.gracePeriod?.(pods.object(JSON.parse(JSON.stringify(fields))), asked)).toBe(period);
});

test("is selected by the fields of upstream", () => {
  expect([...pods.version.selectableFields.keys()]).toEqual([
    "spec.nodeName",
    "spec.host",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.podIPs",
    "status.nominatedNodeName",
  ]);
});
