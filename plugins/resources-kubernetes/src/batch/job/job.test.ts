import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { DEFAULTED_SPEC, template } from "../jobs.fixture.js";
import { Job } from "./job.js";

const jobs = new Compiled(Job);
const UID = "11111111-2222-3333-4444-555555555555";
const MADE = {
  "job-name": "a",
  "batch.kubernetes.io/job-name": "a",
  "controller-uid": UID,
  "batch.kubernetes.io/controller-uid": UID,
};

/** A job as it is when it is checked. */
function make(spec: JsonObject = {}, rest: JsonObject = {}, metadata: KubeObject["metadata"] = {}): KubeObject {
  const fields = { spec: { template: template(), ...spec }, ...rest };
  const object = jobs.object(fields, { name: "a", namespace: "demo", uid: UID, ...metadata });
  jobs.version.hooks.prepareForCreate?.(object, { ...context, operation: "CREATE" });
  return object;
}

function indexed(spec: JsonObject = {}): JsonObject {
  return { completionMode: "Indexed", completions: 5, parallelism: 2, ...spec };
}

function failing(...rules: JsonObject[]): JsonObject {
  return { podFailurePolicy: { rules } };
}

const codes = (onExitCodes: JsonObject): JsonObject => ({ action: "FailJob", onExitCodes });

describe("Job", () => {
  it("has upstream's defaults, labels and selector", () => {
    const object = make();
    expect(object.spec).toEqual({
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      selector: { matchLabels: { "batch.kubernetes.io/controller-uid": UID } },
      manualSelector: false,
      template: { metadata: { labels: MADE }, spec: DEFAULTED_SPEC },
      completionMode: "NonIndexed",
      suspend: false,
      podReplacementPolicy: "TerminatingOrFailed",
    });
    // the store's reader gives those upstream, so that they are not checked as the job's
    expect(object.metadata.labels).toBeUndefined();
    expect(jobs.problems(object)).toEqual([]);
    expect(object.metadata.labels).toEqual(MADE);
    expect(Object.keys(object.metadata.labels ?? {})).toEqual(Object.keys(MADE).sort());
    const again = structuredClone(object);
    jobs.version.hooks.default?.(again);
    expect(again).toEqual(object);
  });

  it("has other defaults where something else is asked for", () => {
    expect(make({ parallelism: 3 }).spec).not.toHaveProperty("completions");
    expect(make(indexed({ backoffLimitPerIndex: 1 })).spec).toMatchObject({ backoffLimit: 2_147_483_647 });
    const policy = failing({ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] });
    expect(make(policy).spec).toMatchObject({
      podReplacementPolicy: "Failed",
      podFailurePolicy: { rules: [{ onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }] },
    });
  });

  it("has the labels of its template, unless it has some of its own", () => {
    const labelled = { template: template({}, { labels: { app: "a" } }) };
    expect(make(labelled).metadata.labels).toEqual({ app: "a", ...MADE });
    expect(make(labelled, {}, { labels: { app: "a" } }).metadata.labels).toEqual({ app: "a" });
    const copied = structuredClone(jobs.object({ spec: labelled }, { name: "a", uid: UID }));
    jobs.version.hooks.prepareForCreate?.(copied, { ...context, operation: "CREATE" });
    expect(copied.metadata.labels).toEqual({ app: "a" });
    const own = { ...labelled, manualSelector: true, selector: { matchLabels: { app: "a" } } };
    const object = make(own);
    expect([object.metadata.labels, object.spec]).toMatchObject([
      { app: "a" },
      { template: { metadata: { labels: { app: "a" } } } },
    ]);
    expect(jobs.problems(object)).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { template: template({}, { labels: { "controller-uid": "x" } }) },
      [
        expect.stringMatching(
          /^spec\.template\.metadata\.labels\[controller-uid\]: Invalid value: \{.*\}: must be '1111/,
        ),
      ],
    ],
    [
      { selector: { matchLabels: { app: "x" } } },
      [
        expect.stringMatching(/^spec\.selector: Invalid value: \{.*\}: `selector` not auto-generated$/),
        expect.stringMatching(/^spec\.template\.metadata\.labels: .*: `selector` does not match template `labels`$/),
      ],
    ],
    [
      { manualSelector: true },
      [
        "spec.selector: Required value",
        "spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`",
      ],
    ],
    [
      {
        parallelism: -1,
        completions: -1,
        activeDeadlineSeconds: -1,
        backoffLimit: -1,
        ttlSecondsAfterFinished: -1,
      },
      ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"].map(
        (name) => `spec.${name}: Invalid value: -1: must be greater than or equal to 0`,
      ),
    ],
    [
      { maxFailedIndexes: 1 },
      [
        "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified",
        "spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode",
      ],
    ],
    [{ backoffLimitPerIndex: 1 }, ["spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode"]],
    [
      { managedBy: "me" },
      ['spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")'],
    ],
    [{ managedBy: `a.io/${"b".repeat(59)}` }, ["spec.managedBy: Too long: may not be more than 63 bytes"]],
    [
      { completionMode: "Each" },
      ['spec.completionMode: Unsupported value: "Each": supported values: "NonIndexed", "Indexed"'],
    ],
    [
      { completionMode: "Indexed", parallelism: 100_001 },
      [
        "spec.completions: Required value: when completion mode is Indexed",
        "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed",
      ],
    ],
    [
      indexed({ completions: -1, parallelism: 0 }),
      ["spec.completions: Invalid value: -1: must be greater than or equal to 0"],
    ],
    [
      indexed({ backoffLimitPerIndex: 1, maxFailedIndexes: 6 }),
      ["spec.maxFailedIndexes: Invalid value: 6: must be less than or equal to completions"],
    ],
    [
      indexed({ backoffLimitPerIndex: 1, maxFailedIndexes: 100_001, completions: 100_001, parallelism: 10_001 }),
      [
        "spec.maxFailedIndexes: Invalid value: 100001: must be less than or equal to 100000",
        "spec.parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index",
        "spec.maxFailedIndexes: Invalid value: 100001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index",
      ],
    ],
    [
      indexed({ backoffLimitPerIndex: 1, completions: 100_001 }),
      ["spec.maxFailedIndexes: Required value: must be specified when completions is above 100000"],
    ],
    [
      { template: template({ restartPolicy: "Always" }) },
      ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      { ...failing(codes({ operator: "In", values: [1] })), template: template({ restartPolicy: "OnFailure" }) },
      [
        'spec.template.spec.restartPolicy: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified',
      ],
    ],
    [
      { podReplacementPolicy: "Soon" },
      ['spec.podReplacementPolicy: Unsupported value: "Soon": supported values: "Failed", "TerminatingOrFailed"'],
    ],
    [
      { podReplacementPolicy: "TerminatingOrFailed", ...failing(codes({ operator: "In", values: [1] })) },
      ['spec.podReplacementPolicy: Unsupported value: "TerminatingOrFailed": supported values: "Failed"'],
    ],
  ])("is refused: %j", (spec, expected) => {
    expect(jobs.problems(make(spec))).toEqual(expected);
  });

  it.each<[JsonObject, string[]]>([
    [codes({ operator: "In", values: [1, 2] }), []],
    [
      { action: "" },
      [
        '.action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]',
        ": Invalid value: specifying one of OnExitCodes and OnPodConditions is required",
      ],
    ],
    [
      { ...codes({ operator: "In", values: [1] }), action: "FailIndex" },
      ['.action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set'],
    ],
    [
      { ...codes({ operator: "In", values: [1] }), action: "Stop" },
      ['.action: Unsupported value: "Stop": supported values: "Count", "FailIndex", "FailJob", "Ignore"'],
    ],
    [
      codes({ operator: "", values: [] }),
      [
        '.onExitCodes.operator: Required value: valid values: ["In" "NotIn"]',
        ".onExitCodes.values: Invalid value: []: at least one value is required",
      ],
    ],
    [
      codes({ operator: "Is", values: [3, 1, 3], containerName: "other" }),
      [
        '.onExitCodes.operator: Unsupported value: "Is": supported values: "In", "NotIn"',
        '.onExitCodes.containerName: Invalid value: "other": must be one of the container or initContainer names in the pod template',
        ".onExitCodes.values[2]: Duplicate value: 3",
        ".onExitCodes.values: Invalid value: [3,1,3]: must be ordered",
      ],
    ],
    [
      codes({ operator: "In", values: [0, 1], containerName: "main" }),
      [".onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator"],
    ],
    [
      codes({ operator: "In", values: Array.from({ length: 256 }, (_, index) => index + 1) }),
      [".onExitCodes.values: Too many: 256: must have at most 255 items"],
    ],
    [
      { ...codes({ operator: "In", values: [1] }), onPodConditions: [{ type: "a", status: "Maybe" }] },
      [
        '.onPodConditions[0].status: Unsupported value: "Maybe": supported values: "False", "True", "Unknown"',
        ": Invalid value: specifying both OnExitCodes and OnPodConditions is not supported",
      ],
    ],
    [
      { action: "Count", onPodConditions: [{ type: "-" }] },
      [expect.stringContaining('.onPodConditions[0].type: Invalid value: "-": name part must consist of')],
    ],
  ])("has a policy on failures: %j", (rule, expected) => {
    const at = "spec.podFailurePolicy.rules[0]";
    const problems = jobs.problems(make(failing(rule)));
    expect(problems.map((problem) => problem.replace(at, ""))).toEqual(expected);
  });

  it("has not too many rules", () => {
    const rules = Array.from({ length: 21 }, () => codes({ operator: "In", values: [1] }));
    expect(jobs.problems(make(failing(...rules)))).toEqual([
      "spec.podFailurePolicy.rules: Too many: 21: must have at most 20 items",
    ]);
  });

  it.each<[JsonObject[], string[]]>([
    [[{ succeededIndexes: "0-2", succeededCount: 2 }, { succeededCount: 5 }], []],
    [[], [".rules: Required value: at least one rules must be specified when the successPolicy is specified"]],
    [[{}], [".rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified"]],
    [
      [{ succeededIndexes: "9" }],
      ['.rules[0].succeededIndexes: Invalid value: "9": error parsing succeededIndexes: too large index: "9"'],
    ],
    [
      [{ succeededCount: 6, succeededIndexes: "0" }],
      [
        ".rules[0].succeededCount: Invalid value: 6: must be less than or equal to 5 (the number of specified completions)",
        ".rules[0].succeededCount: Invalid value: 6: must be less than or equal to 1 (the number of indexes in the specified succeededIndexes field)",
      ],
    ],
    [[{ succeededCount: -1 }], [".rules[0].succeededCount: Invalid value: -1: must be greater than or equal to 0"]],
  ])("has a policy on success: %j", (rules, expected) => {
    const problems = jobs.problems(make(indexed({ successPolicy: { rules } })));
    expect(problems.map((problem) => problem.replace("spec.successPolicy", ""))).toEqual(expected);
  });

  it("counts to success by indexes only, which its pods are called after", () => {
    expect(jobs.problems(make({ successPolicy: { rules: [{ succeededCount: 1 }] } }))).toEqual([
      'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: requires indexed completion mode',
    ]);
    const name = "a".repeat(62);
    const problem = `metadata.name: Invalid value: "${name}": will not able to create pod with invalid DNS label: ${name}-4`;
    expect(jobs.problems(make(indexed(), {}, { name }))).toEqual([problem]);
    expect(jobs.problems(make({}, {}, { name }))).toEqual([]);
  });

  it("stays what it is", () => {
    const old = make();
    expect(jobs.updateProblems(make({ parallelism: 2, completions: 1, suspend: true, backoffLimit: 1 }), old)).toEqual(
      [],
    );
    const other = make({
      ...indexed({ backoffLimitPerIndex: 1, successPolicy: { rules: [{ succeededCount: 1 }] } }),
      ...failing(codes({ operator: "In", values: [1] })),
      managedBy: "example.com/me",
    });
    expect(jobs.updateProblems(other, old)).toEqual([
      "spec.completions: Invalid value: 5: can only be modified in tandem with spec.parallelism",
      'spec.completionMode: Invalid value: "Indexed": field is immutable',
      'spec.podFailurePolicy: Invalid value: {"Rules":[{"Action":"FailJob","OnExitCodes":{"ContainerName":null,"Operator":"In","Values":[1]},"OnPodConditions":null}]}: field is immutable',
      "spec.backoffLimitPerIndex: Invalid value: 1: field is immutable",
      'spec.managedBy: Invalid value: "example.com/me": field is immutable',
      'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: field is immutable',
    ]);
    expect(jobs.updateProblems(make({ completions: 2 }), old)).toEqual([
      "spec.completions: Invalid value: 2: field is immutable",
    ]);
    const resized = make(indexed({ completions: 3, parallelism: 3 }));
    expect(jobs.updateProblems(resized, make(indexed()))).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, JsonObject, boolean]>([
    [{ suspend: true }, {}, { nodeSelector: { disk: "ssd" } }, true],
    [{ suspend: true }, {}, { tolerations: [{ operator: "Exists" }], schedulingGates: [{ name: "a" }] }, true],
    [{ suspend: true }, {}, { affinity: { nodeAffinity: {} } }, true],
    [{ suspend: true }, {}, { affinity: { podAffinity: {} } }, false],
    [
      { suspend: true },
      {},
      { containers: [{ name: "main", image: "busybox:1.36", resources: { limits: { cpu: "1" } } }] },
      true,
    ],
    [{ suspend: true }, {}, { containers: [{ name: "main", image: "busybox:1.37" }] }, false],
    [{ suspend: true }, { active: 1 }, { nodeSelector: { disk: "ssd" } }, false],
    [{ suspend: true }, { startTime: "2024-01-01T00:00:00Z" }, { nodeSelector: { disk: "ssd" } }, false],
    [
      { suspend: true },
      { startTime: "2024-01-01T00:00:00Z", conditions: [{ type: "Suspended", status: "True" }] },
      { nodeSelector: { disk: "ssd" } },
      true,
    ],
    [{ suspend: false }, {}, { nodeSelector: { disk: "ssd" } }, false],
  ])("may change its template at rest: %j with status %j to %j", (spec, status, changed, allowed) => {
    const old = make(spec, { status });
    const problems = jobs.updateProblems(make({ ...spec, template: template(changed) }, { status }), old);
    expect(problems).toEqual(
      allowed ? [] : [expect.stringMatching(/^spec\.template(?:\.spec)?: .*: field is immutable$/)],
    );
  });

  it("warns of more indexes than can be told of", () => {
    const warnings: string[] = [];
    const object = make(indexed({ completions: 100_001, parallelism: 10_001 }), {}, { name: "a.b" });
    jobs.problems(object, { warn: (text) => warnings.push(text) });
    // such a name is refused for an indexed job
    expect(warnings).toEqual([]);
    const named = make(indexed({ completions: 100_001, parallelism: 10_001 }));
    jobs.problems(named, { warn: (text) => warnings.push(text) });
    expect(warnings).toEqual([
      expect.stringContaining("spec: In Indexed Jobs with a number of completions higher than"),
    ]);
  });

  it("has upstream's columns and a field to select by", () => {
    const columns = ["Name", "Status", "Completions", "Duration", "Age", "Containers", "Images", "Selector"];
    expect(jobs.columns(true)).toEqual(columns);
    expect(jobs.columns()).toEqual(columns.slice(0, 5));
    const times = { startTime: "2024-01-01T00:00:00Z", completionTime: "2024-01-01T00:03:20Z" };
    const done = make({}, { status: { ...times, succeeded: 1, conditions: [{ type: "Complete", status: "True" }] } });
    const cells = ["Status", "Completions", "Duration", "Selector"];
    expect(cells.map((name) => jobs.cell(name, done))).toEqual([
      "Complete",
      "1/1",
      "3m20s",
      `batch.kubernetes.io/controller-uid=${UID}`,
    ]);
    expect(jobs.version.selectableFields.get("status.successful")?.(done)).toBe("1");
    expect(["Status", "Completions", "Duration"].map((name) => jobs.cell(name, make({ parallelism: 3 })))).toEqual([
      "Running",
      "0/1 of 3",
      "",
    ]);
    const states = ["Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet"];
    const state = (type: string) =>
      jobs.cell("Status", make({}, { status: { conditions: [{ type, status: "True" }] } }));
    expect(states.map(state)).toEqual(states);
  });

  it("leaves its pods alone when it is deleted", () => {
    expect(jobs.descriptor.garbageCollection).toBe("orphan");
  });
});
