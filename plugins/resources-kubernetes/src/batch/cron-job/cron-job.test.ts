import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { DEFAULTED_SPEC, template } from "../jobs.fixture.js";
import { CronJob } from "./cron-job.js";

const crons = new Compiled(CronJob);

function make(spec: JsonObject = {}, job: JsonObject = {}, rest: JsonObject = {}): KubeObject {
  const jobTemplate = { spec: { template: template(), ...job } };
  return crons.object({ spec: { schedule: "0 3 * * *", jobTemplate, ...spec }, ...rest });
}

describe("CronJob", () => {
  it("has upstream's defaults, and its jobs none before they are made", () => {
    const object = make();
    expect(object.spec).toEqual({
      schedule: "0 3 * * *",
      concurrencyPolicy: "Allow",
      suspend: false,
      jobTemplate: { metadata: {}, spec: { template: { metadata: {}, spec: DEFAULTED_SPEC } } },
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
    expect(crons.problems(object)).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, string[]]>([
    // asked for after everything else
    [
      { schedule: "", successfulJobsHistoryLimit: -1 },
      {},
      [
        "spec.successfulJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0",
        "spec.schedule: Required value",
      ],
    ],
    [{ schedule: "often" }, {}, ['spec.schedule: Invalid value: "often": expected exactly 5 fields, found 1: [often]']],
    [
      { schedule: "TZ=UTC 0 0 * * *", timeZone: "UTC" },
      {},
      [
        'spec.schedule: Invalid value: "TZ=UTC 0 0 * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ],
    ],
    [{ timeZone: "Europe/Berlin" }, {}, []],
    [{ timeZone: "" }, {}, ['spec.timeZone: Invalid value: "": timeZone must be nil or non-empty string']],
    [{ timeZone: "Mars/Base" }, {}, ['spec.timeZone: Invalid value: "Mars/Base": unknown time zone Mars/Base']],
    [{ timeZone: "../UTC" }, {}, ['spec.timeZone: Invalid value: "../UTC": unknown time zone ../UTC']],
    [
      { timeZone: "europe/berlin" },
      {},
      ['spec.timeZone: Invalid value: "europe/berlin": unknown time zone europe/berlin'],
    ],
    [{ timeZone: "+05" }, {}, ['spec.timeZone: Invalid value: "+05": unknown time zone +05']],
    [
      { timeZone: "Local" },
      {},
      [
        'spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
      ],
    ],
    [
      { startingDeadlineSeconds: -1, successfulJobsHistoryLimit: -1, failedJobsHistoryLimit: -1 },
      {},
      ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"].map(
        (name) => `spec.${name}: Invalid value: -1: must be greater than or equal to 0`,
      ),
    ],
    [
      { concurrencyPolicy: "Queue" },
      {},
      ['spec.concurrencyPolicy: Unsupported value: "Queue": supported values: "Allow", "Forbid", "Replace"'],
    ],
    [
      {},
      { selector: { matchLabels: { a: "b" } }, manualSelector: true, backoffLimit: -1 },
      [
        "spec.jobTemplate.spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0",
        'spec.jobTemplate.spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` will be auto-generated',
        'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"',
      ],
    ],
    [
      {},
      { template: template({ restartPolicy: "Always" }) },
      ['spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
  ])("is checked: %j with jobs %j", (spec, job, expected) => {
    expect(crons.problems(make(spec, job))).toEqual(expected);
  });

  it("has a name that leaves room for those of its jobs", () => {
    const object = make();
    object.metadata.name = "a".repeat(53);
    expect(crons.problems(object)).toEqual([
      `metadata.name: Invalid value: "${"a".repeat(53)}": must be no more than 52 characters`,
    ]);
    expect(crons.updateProblems(object, object)).toEqual([]);
  });

  it("may keep the zone in a schedule, and is warned", () => {
    const warnings: string[] = [];
    const over = { warn: (text: string) => warnings.push(text) };
    const old = make({ schedule: "TZ=UTC 0 0 * * *" });
    expect(crons.updateProblems(make({ schedule: "TZ=UTC 1 0 * * *" }), old, over)).toEqual([]);
    expect(warnings).toEqual([
      "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, " +
        "see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details",
    ]);
    expect(crons.updateProblems(make({ schedule: "TZ=UTC 1 0 * * *", timeZone: "UTC" }), old)).toEqual([
      'spec.schedule: Invalid value: "TZ=UTC 1 0 * * *": cannot use both timeZone field and TZ or CRON_TZ in schedule',
    ]);
    const wrong = make({ timeZone: "Mars/Base" });
    expect(crons.updateProblems(wrong, wrong)).toEqual([]);
  });

  it("has upstream's columns", () => {
    const columns = ["Name", "Schedule", "Timezone", "Suspend", "Active", "Last Schedule", "Age"];
    expect(crons.columns()).toEqual(columns);
    expect(crons.columns(true)).toEqual([...columns, "Containers", "Images", "Selector"]);
    const read = (object: KubeObject) => columns.slice(1, -1).map((name) => crons.cell(name, object));
    expect(read(make())).toEqual(["0 3 * * *", "<none>", "False", 0, "<none>"]);
    const lastScheduleTime = new Date(Date.now() - 3 * 86_400_000 - 1000).toISOString();
    const status = { active: [{ name: "a-1" }], lastScheduleTime };
    expect(read(make({ timeZone: "UTC", suspend: true }, {}, { status }))).toEqual([
      "0 3 * * *",
      "UTC",
      "True",
      1,
      "3d",
    ]);
    expect(crons.cell("Selector", make())).toBe("<none>");
  });
});
