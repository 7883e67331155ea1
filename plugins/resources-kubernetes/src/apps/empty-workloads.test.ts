import { expect, it } from "vitest";
import { CronJob } from "../batch/cron-job/cron-job.js";
import { Job } from "../batch/job/job.js";
import { Compiled, context } from "../compiled.fixture.js";
import { ReplicationController } from "../core/replication-controller/replication-controller.js";
import { ControllerRevision } from "./controller-revision/controller-revision.js";
import { DaemonSet } from "./daemon-set/daemon-set.js";
import { Deployment } from "./deployment/deployment.js";
import { ReplicaSet } from "./replica-set/replica-set.js";
import { StatefulSet } from "./stateful-set/stateful-set.js";

const KINDS = [ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet, Job, CronJob, ReplicationController];

it.each(KINDS.map((kind) => [kind.name, new Compiled(kind)] as const))(
  "says what is missing from a %s that says nothing",
  (_name, compiled) => {
    const { hooks, columns } = compiled.version;
    const object = compiled.object({});
    hooks.prepareForCreate?.(object, { ...context, operation: "CREATE" });
    expect(compiled.problems(object)).toContainEqual(expect.stringContaining(": Required value"));
    const next = structuredClone(object);
    hooks.prepareForUpdate?.(next, object, context);
    hooks.prepareForPartUpdate?.(next, object, { ...context, subresource: "status" });
    compiled.updateProblems(next, object);
    expect(compiled.updateProblems(next, object, { subresource: "status" })).toEqual([]);
    for (const { cell } of columns) expect(cell(object)).not.toBe(undefined);
  },
);

it("tells of labels in the order of their keys", () => {
  const labels = { b: "1", a: "2", "a.b/c": "3" };
  const sets = new Compiled(DaemonSet);
  const object = sets.object({ spec: { selector: { matchLabels: { z: "z" } }, template: { metadata: { labels } } } });
  expect(sets.problems(object)[0]).toBe(
    'spec.template.metadata.labels: Invalid value: {"a":"2","a.b/c":"3","b":"1"}: `selector` does not match template `labels`',
  );
});
