import type { JsonObject } from "@quarterdeck/meta";
import { expect, test } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { Pod } from "./pod.js";

const pods = new Compiled(Pod);
const RUNNING = { ready: true, state: { running: {} } };
const READY = { conditions: [{ type: "Ready", status: "True" }] };

function ended(exitCode: number, more: object = {}): JsonObject {
  return { state: { terminated: { exitCode, ...more } } };
}

function waiting(reason: string): JsonObject {
  return { state: { waiting: { reason } } };
}

function named(prefix: string, states: object[]): object[] {
  return states.map((state, index) => ({ name: `${prefix}${index}`, ...state }));
}

interface Case {
  readonly init?: object[];
  readonly initContainers?: object[];
  readonly containers?: object[];
  readonly status?: object;
  readonly deleted?: boolean;
}

function pod({ init = [], initContainers, containers = [{}], status = {}, deleted = false }: Case) {
  const object = {
    spec: {
      initContainers: named("i", initContainers ?? init.map(() => ({}))),
      containers: named("c", containers),
    },
    status: {
      phase: "Running",
      initContainerStatuses: named("i", init),
      containerStatuses: named("c", containers),
      ...status,
    },
  };
  // Container statuses stand for containers too; what is no field of these is left out.
  return pods.object(JSON.parse(JSON.stringify(object)), {
    name: "a",
    namespace: "demo",
    ...(deleted ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {}),
  });
}

test("has the columns of upstream", () => {
  const narrow = ["Name", "Ready", "Status", "Restarts", "Age"];
  expect(pods.columns()).toEqual(narrow);
  expect(pods.columns(true)).toEqual([...narrow, "IP", "Node", "Nominated Node", "Readiness Gates"]);
});

// The cases of upstream's printPod.
test.each<[ready: string, status: string, is: Case]>([
  ["0/1", "Pending", { status: { phase: "Pending", containerStatuses: [] } }],
  ["1/1", "Running", { containers: [RUNNING] }],
  ["1/2", "ImagePullBackOff", { containers: [waiting("ImagePullBackOff"), RUNNING] }],
  ["0/1", "Evicted", { status: { phase: "Failed", reason: "Evicted", containerStatuses: [] } }],
  [
    "0/1",
    "SchedulingGated",
    { status: { phase: "Pending", conditions: [{ type: "PodScheduled", reason: "SchedulingGated" }] } },
  ],
  ["0/1", "Error", { containers: [ended(1, { reason: "Error" })] }],
  ["0/1", "ExitCode:1", { containers: [ended(1)] }],
  ["0/1", "Signal:9", { containers: [ended(1, { signal: 9 })] }],
  ["0/1", "Completed", { containers: [ended(0, { reason: "Completed" })] }],
  ["1/2", "Running", { containers: [ended(0, { reason: "Completed" }), RUNNING], status: READY }],
  ["1/2", "NotReady", { containers: [ended(0, { reason: "Completed" }), RUNNING] }],
  ["0/2", "Error", { containers: [ended(0, { reason: "Completed" }), ended(1, { reason: "Error" })] }],
  ["0/1", "Init:0/2", { init: [{ state: {} }, {}] }],
  ["0/1", "Init:1/2", { init: [ended(0), waiting("PodInitializing")] }],
  ["0/1", "Init:CrashLoopBackOff", { init: [waiting("CrashLoopBackOff"), {}] }],
  ["0/1", "Init:Error", { init: [ended(1, { reason: "Error" })] }],
  ["0/1", "Init:ExitCode:2", { init: [ended(2)] }],
  ["0/1", "Init:Signal:9", { init: [ended(2, { signal: 9 })] }],
  [
    "2/2",
    "Running",
    { init: [{ started: true, ready: true }], initContainers: [{ restartPolicy: "Always" }], containers: [RUNNING] },
  ],
  [
    "1/2",
    "Init:1/2",
    {
      init: [{ started: true, ready: true }, waiting("PodInitializing")],
      initContainers: [{ restartPolicy: "Always" }, {}],
    },
  ],
  ["1/1", "Terminating", { containers: [RUNNING], deleted: true }],
  ["1/1", "Unknown", { containers: [RUNNING], deleted: true, status: { reason: "NodeLost" } }],
  [
    "0/1",
    "Completed",
    { containers: [ended(0, { reason: "Completed" })], deleted: true, status: { phase: "Succeeded" } },
  ],
])("shows %s %s", (ready, status, is) => {
  const object = pod(is);
  expect([pods.cell("Ready", object), pods.cell("Status", object)]).toEqual([ready, status]);
});

test("tells restarts, with when the last was", () => {
  expect(pods.cell("Restarts", pod({}))).toBe("0");
  expect(pods.cell("Restarts", pod({ containers: [{ ...RUNNING, restartCount: 3 }] }))).toBe("3");
  const finishedAt = new Date(Date.now() - 3_600_000 * 24 * 5).toISOString();
  const lastState = { terminated: { exitCode: 1, finishedAt } };
  const restarted = pod({
    init: [{ ...ended(0), restartCount: 7 }],
    containers: [
      { ...RUNNING, restartCount: 3, lastState: { terminated: { exitCode: 1, finishedAt: "2020-01-01T00:00:00Z" } } },
      { ...RUNNING, restartCount: 1, lastState },
    ],
  });
  // Those of init containers no longer count once they are through, but for sidecars.
  expect(pods.cell("Restarts", restarted)).toBe("4 (5d ago)");
  const beginning = pod({ init: [{ ...waiting("CrashLoopBackOff"), restartCount: 2, lastState }] });
  expect(pods.cell("Restarts", beginning)).toBe("2 (5d ago)");
});

test("has more with -o wide", () => {
  const wide = ["IP", "Node", "Nominated Node", "Readiness Gates"];
  expect(wide.map((name) => pods.cell(name, pod({})))).toEqual(["<none>", "<none>", "<none>", "<none>"]);
  const object = pods.object({
    spec: { nodeName: "n1", containers: [], readinessGates: [{ conditionType: "a" }, { conditionType: "b" }] },
    status: { podIP: "10.0.0.1", nominatedNodeName: "n2", conditions: [{ type: "a", status: "True" }] },
  });
  expect(wide.map((name) => pods.cell(name, object))).toEqual(["10.0.0.1", "n1", "n2", "1/2"]);
});
