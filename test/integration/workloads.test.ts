import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, namesOf, objectOf } from "./support/api-objects.js";

const APPS = "/apis/apps/v1/namespaces/default";
const BATCH = "/apis/batch/v1/namespaces/default";
const CONTROLLERS = "/api/v1/namespaces/default/replicationcontrollers";
const MERGE = { "content-type": "application/merge-patch+json" };
const STRATEGIC = { "content-type": "application/strategic-merge-patch+json" };
const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };

const LABELS = { app: "web" };
const SELECTOR = { matchLabels: LABELS };
const TEMPLATE = { metadata: { labels: LABELS }, spec: { containers: [{ name: "web", image: "nginx:1.27" }] } };
const ENDING = { spec: { restartPolicy: "OnFailure", containers: [{ name: "web", image: "nginx:1.27" }] } };
const TEXT = expect.any(String);

/** What the server makes of the spec of the pods. */
function podSpec(restartPolicy: string): object {
  return {
    containers: [
      {
        name: "web",
        image: "nginx:1.27",
        resources: {},
        terminationMessagePath: "/dev/termination-log",
        terminationMessagePolicy: "File",
        imagePullPolicy: "IfNotPresent",
      },
    ],
    restartPolicy,
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    securityContext: {},
    schedulerName: "default-scheduler",
  };
}

const MADE_TEMPLATE = { metadata: { labels: LABELS }, spec: podSpec("Always") };

interface Made {
  readonly kind: string;
  readonly apiVersion: string;
  readonly path: string;
  readonly spec: object;
  readonly metadata?: object;
  readonly made: object;
}

/** The least object of each kind, and what kube-apiserver makes of it. */
const KINDS: readonly Made[] = [
  {
    kind: "Deployment",
    apiVersion: "apps/v1",
    path: `${APPS}/deployments`,
    spec: { selector: SELECTOR, template: TEMPLATE },
    made: {
      spec: {
        replicas: 1,
        selector: SELECTOR,
        template: MADE_TEMPLATE,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" } },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      },
      status: {},
    },
  },
  {
    kind: "ReplicaSet",
    apiVersion: "apps/v1",
    path: `${APPS}/replicasets`,
    spec: { selector: SELECTOR, template: TEMPLATE },
    made: { spec: { replicas: 1, selector: SELECTOR, template: MADE_TEMPLATE }, status: { replicas: 0 } },
  },
  {
    kind: "StatefulSet",
    apiVersion: "apps/v1",
    path: `${APPS}/statefulsets`,
    spec: { serviceName: "web", selector: SELECTOR, template: TEMPLATE },
    made: {
      spec: {
        replicas: 1,
        selector: SELECTOR,
        template: MADE_TEMPLATE,
        serviceName: "web",
        podManagementPolicy: "OrderedReady",
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0, maxUnavailable: 1 } },
        revisionHistoryLimit: 10,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      },
      status: { replicas: 0, availableReplicas: 0 },
    },
  },
  {
    kind: "DaemonSet",
    apiVersion: "apps/v1",
    path: `${APPS}/daemonsets`,
    spec: { selector: SELECTOR, template: TEMPLATE },
    metadata: { annotations: { "deprecated.daemonset.template.generation": "1" } },
    made: {
      spec: {
        selector: SELECTOR,
        template: MADE_TEMPLATE,
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
        revisionHistoryLimit: 10,
      },
      status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
    },
  },
  {
    kind: "CronJob",
    apiVersion: "batch/v1",
    path: `${BATCH}/cronjobs`,
    spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: ENDING } } },
    made: {
      spec: {
        schedule: "0 3 * * *",
        concurrencyPolicy: "Allow",
        suspend: false,
        jobTemplate: { metadata: {}, spec: { template: { metadata: {}, spec: podSpec("OnFailure") } } },
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      },
      status: {},
    },
  },
  {
    kind: "ReplicationController",
    apiVersion: "v1",
    path: CONTROLLERS,
    spec: { template: TEMPLATE },
    metadata: { labels: LABELS },
    made: { spec: { replicas: 1, selector: LABELS, template: MADE_TEMPLATE }, status: { replicas: 0 } },
  },
];

const SCALED = KINDS.filter(({ kind }) => kind !== "DaemonSet" && kind !== "CronJob");

describe("workloads", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: [] } });
    for (const { path, spec } of KINDS) await create(server, path, { metadata: { name: "first" }, spec });
  });
  afterAll(() => server.stop());

  const get = async (path: string) => objectOf(await server.request(path));
  const patch = (path: string, body: object, headers = STRATEGIC) =>
    server.request(path, { method: "PATCH", headers, body });
  const generationOf = (object: KubeObject) => object.metadata.generation;

  async function causesOf(path: string, body: object, headers = STRATEGIC): Promise<string[]> {
    const response = await patch(path, body, headers);
    expect(response.status, response.text()).toBe(422);
    const { details } = response.json<{ details: { causes: { field: string; message: string }[] } }>();
    return details.causes.map(({ field, message }) => `${field}: ${message}`);
  }

  it.each(KINDS)("$kind is made as kube-apiserver makes it", async ({ kind, apiVersion, path, metadata, made }) => {
    const object = await get(`${path}/first`);
    const { managedFields: _managedFields, ...known } = object.metadata;
    expect({ ...object, metadata: known }).toEqual({
      kind,
      apiVersion,
      metadata: {
        name: "first",
        namespace: "default",
        uid: TEXT,
        resourceVersion: TEXT,
        generation: 1,
        creationTimestamp: TEXT,
        ...metadata,
      },
      ...made,
    });
  });

  it("Job is made with labels of its own, which its pods have too", async () => {
    const object = await create(server, `${BATCH}/jobs`, { metadata: { name: "once" }, spec: { template: ENDING } });
    const { uid } = object.metadata;
    const labels = {
      "controller-uid": uid,
      "job-name": "once",
      "batch.kubernetes.io/controller-uid": uid,
      "batch.kubernetes.io/job-name": "once",
    };
    expect(object.metadata).toMatchObject({ labels, generation: 1 });
    expect([object.spec, object.status]).toEqual([
      {
        parallelism: 1,
        completions: 1,
        backoffLimit: 6,
        selector: { matchLabels: { "batch.kubernetes.io/controller-uid": uid } },
        manualSelector: false,
        template: { metadata: { labels }, spec: podSpec("OnFailure") },
        completionMode: "NonIndexed",
        suspend: false,
        podReplacementPolicy: "TerminatingOrFailed",
      },
      {},
    ]);
    const labelled = { metadata: { labels: LABELS }, ...ENDING };
    const other = await create(server, `${BATCH}/jobs`, { metadata: { name: "app" }, spec: { template: labelled } });
    expect(other.metadata.labels).toMatchObject({ ...LABELS, "job-name": "app" });
  });

  it.each(SCALED)("$kind is scaled", async ({ path, spec }) => {
    await create(server, path, { metadata: { name: "scaled" }, spec });
    const scale = await get(`${path}/scaled/scale`);
    expect([scale.spec, scale.status]).toEqual([{ replicas: 1 }, { replicas: 0, selector: "app=web" }]);
    const body = { ...scale, spec: { replicas: 4 } };
    objectOf(await server.request(`${path}/scaled/scale`, { method: "PUT", body }));
    const after = await get(`${path}/scaled`);
    expect([after.spec, generationOf(after)]).toMatchObject([{ replicas: 4 }, 2]);
    expect(objectOf(await patch(`${path}/scaled/scale`, { spec: { replicas: 0 } }, MERGE)).spec).toEqual({});
  });

  it("roll out a changed template, paused or not", async () => {
    const path = `${APPS}/deployments/first`;
    const images = { spec: { template: { spec: { containers: [{ name: "web", image: "nginx:1.28" }] } } } };
    const changed = objectOf(await patch(path, images));
    expect([changed.spec, generationOf(changed)]).toMatchObject([images.spec, 2]);
    const restart = { "kubectl.kubernetes.io/restartedAt": "2024-01-01T00:00:00Z" };
    const restarted = objectOf(await patch(path, { spec: { template: { metadata: { annotations: restart } } } }));
    expect(generationOf(restarted)).toBe(3);
    expect(generationOf(objectOf(await patch(path, { spec: { paused: true } })))).toBe(4);
    // the controller copies annotations
    expect(generationOf(objectOf(await patch(path, { metadata: { annotations: { a: "b" } } })))).toBe(5);
    expect(generationOf(objectOf(await patch(path, { metadata: { labels: { a: "b" } } })))).toBe(5);
    const daemon = objectOf(await patch(`${APPS}/daemonsets/first`, images));
    expect(daemon.metadata).toMatchObject({
      generation: 2,
      annotations: { "deprecated.daemonset.template.generation": "2" },
    });
  });

  it("refuse what may not change", async () => {
    expect(await causesOf(`${APPS}/deployments/first`, { spec: { selector: { matchLabels: { tier: "a" } } } })).toEqual(
      [
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
        'spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"a"}}: field is immutable',
      ],
    );
    expect(await causesOf(`${APPS}/statefulsets/first`, { spec: { serviceName: "other" } })).toEqual([
      'spec.serviceName: Invalid value: "other": field is immutable',
    ]);
    await create(server, `${BATCH}/jobs`, { metadata: { name: "fixed" }, spec: { template: ENDING } });
    const priority = { spec: { template: { spec: { priorityClassName: "high" } } } };
    expect(await causesOf(`${BATCH}/jobs/fixed`, priority)).toEqual([
      expect.stringMatching(/^spec\.template: Invalid value: \{.*"priorityClassName":"high".*\}: field is immutable$/),
    ]);
    const response = await server.request(`${BATCH}/cronjobs`, {
      method: "POST",
      body: { metadata: { name: "wrong" }, spec: { schedule: "daily", jobTemplate: { spec: { template: ENDING } } } },
    });
    expect(response.json<{ message: string }>().message).toBe(
      'CronJob.batch "wrong" is invalid: spec.schedule: Invalid value: "daily": expected exactly 5 fields, found 1: [daily]',
    );
  });

  it("have a status, of which a rule may be broken only once", async () => {
    const path = `${APPS}/replicasets/first/status`;
    expect(await causesOf(path, { status: { readyReplicas: 2, replicas: 1 } }, MERGE)).toEqual([
      "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas",
    ]);
    const written = objectOf(await patch(path, { status: { replicas: 2, readyReplicas: 1 } }, MERGE));
    expect([written.status, generationOf(written)]).toEqual([{ replicas: 2, readyReplicas: 1 }, 1]);
    const deployment = `${APPS}/deployments/first/status`;
    const labels = { ...LABELS, by: "status" };
    const kept = objectOf(
      await patch(deployment, { metadata: { labels, annotations: { c: "d" } }, status: {} }, MERGE),
    );
    expect(kept.metadata.labels).not.toHaveProperty("by");
    expect(kept.metadata.annotations).toMatchObject({ c: "d" });
  });

  it("are selected by fields", async () => {
    await create(server, `${BATCH}/jobs`, { metadata: { name: "selected" }, spec: { template: ENDING } });
    const select = (path: string, field: string) => server.request(`${path}?fieldSelector=${field}`);
    objectOf(await patch(`${BATCH}/jobs/selected/status`, { status: { succeeded: 1 } }, MERGE));
    expect(namesOf(await select(`${BATCH}/jobs`, "status.successful=1"))).toEqual(["selected"]);
    objectOf(await patch(`${CONTROLLERS}/first/status`, { status: { replicas: 7 } }, MERGE));
    expect(namesOf(await select(CONTROLLERS, "status.replicas=7"))).toEqual(["first"]);
    expect((await select(`${APPS}/replicasets`, "status.replicas=2")).status).toBe(400);
  });

  it("warn of what is surprising", async () => {
    const named = { metadata: { name: "a.b" }, spec: { selector: SELECTOR, template: TEMPLATE } };
    const response = await server.request(`${APPS}/deployments`, { method: "POST", body: named });
    expect(response.headers.warning).toBe(
      '299 - "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; ' +
        'a DNS label is recommended: [must not contain dots]"',
    );
  });

  it("are shown in tables as upstream's are", async () => {
    const shown = async (path: string) => {
      const { columnDefinitions, rows } = (await server.request(path, { headers: TABLE })).json<{
        columnDefinitions: { name: string; type: string; priority: number }[];
        rows: { cells: unknown[] }[];
      }>();
      const cells = rows[0]?.cells ?? [];
      return columnDefinitions.map(({ name, type, priority }, index) => [name, type, priority, cells[index]]);
    };
    const age = ["Age", "string", 0, expect.stringMatching(/^\d+s$/)];
    const wide = [
      ["Containers", "string", 1, "web"],
      ["Images", "string", 1, "nginx:1.27"],
    ];
    const name = (text: string) => ["Name", "string", 0, text];
    const tabled = { metadata: { name: "tabled" }, spec: { selector: SELECTOR, template: TEMPLATE, replicas: 2 } };
    await create(server, `${APPS}/deployments`, tabled);
    expect(await shown(`${APPS}/deployments/tabled`)).toEqual([
      name("tabled"),
      ["Ready", "string", 0, "0/2"],
      ["Up-to-date", "string", 0, 0],
      ["Available", "string", 0, 0],
      age,
      ...wide,
      ["Selector", "string", 1, "app=web"],
    ]);
    await create(server, `${BATCH}/jobs`, { metadata: { name: "tabled" }, spec: { template: ENDING } });
    expect(await shown(`${BATCH}/jobs/tabled`)).toEqual([
      name("tabled"),
      ["Status", "string", 0, "Running"],
      ["Completions", "string", 0, "0/1"],
      ["Duration", "string", 0, ""],
      age,
      ...wide,
      ["Selector", "string", 1, expect.stringMatching(/^batch\.kubernetes\.io\/controller-uid=/)],
    ]);
    expect(await shown(`${BATCH}/cronjobs/first`)).toEqual([
      name("first"),
      ["Schedule", "string", 0, "0 3 * * *"],
      ["Timezone", "string", 0, "<none>"],
      ["Suspend", "boolean", 0, "False"],
      ["Active", "integer", 0, 0],
      ["Last Schedule", "string", 0, "<none>"],
      age,
      ...wide,
      ["Selector", "string", 1, "<none>"],
    ]);
  });
});
