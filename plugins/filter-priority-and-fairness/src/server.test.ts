import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const GROUP = "/apis/flowcontrol.apiserver.k8s.io/v1";
const MAPS = "/api/v1/namespaces/default/configmaps";
const CLOSED = { nominalConcurrencyShares: 0, borrowingLimitPercent: 0 };

interface Named {
  readonly metadata: { readonly name: string; readonly uid: string; readonly resourceVersion: string };
  readonly spec: object;
  readonly status: { readonly conditions?: readonly object[] };
}

describe("priority and fairness in a server", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ config: { authorization: ["always-allow"] } });
  });
  afterAll(() => server.stop());

  const get = async (path: string): Promise<Named> => (await server.request(`${GROUP}/${path}`)).json<Named>();
  const list = async (resource: string): Promise<readonly Named[]> =>
    (await server.request(`${GROUP}/${resource}`)).json<{ items: Named[] }>().items;
  const post = (resource: string, name: string, spec: object) =>
    server.request(`${GROUP}/${resource}`, { method: "POST", body: { metadata: { name }, spec } });

  /** A schema for a user's requests. */
  const schemaFor = (user: string, level: string, precedence = 50) => ({
    priorityLevelConfiguration: { name: level },
    matchingPrecedence: precedence,
    distinguisherMethod: { type: "ByUser" },
    rules: [
      {
        subjects: [{ kind: "User", user: { name: user } }],
        resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"], clusterScope: true }],
        nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
      },
    ],
  });

  it("has made upstream's levels and schemas, which say that they are whole", async () => {
    expect((await list("prioritylevelconfigurations")).map(({ metadata }) => metadata.name)).toEqual([
      "catch-all",
      "exempt",
      "global-default",
      "leader-election",
      "node-high",
      "system",
      "workload-high",
      "workload-low",
    ]);
    const schemas = await list("flowschemas");
    expect(schemas).toHaveLength(11);
    for (const { metadata, status } of schemas) {
      expect(metadata).toMatchObject({ annotations: { "apf.kubernetes.io/autoupdate-spec": "true" } });
      expect(status.conditions).toMatchObject([{ type: "Dangling", status: "False", reason: "Found" }]);
    }
  });

  it.each([
    ["admin", "exempt", "exempt", "/api/v1/namespaces"],
    ["anonymous", "global-default", "global-default", "/version"],
    ["anonymous", "probes", "exempt", "/readyz"],
  ] as const)("tells %s by which schema (%s) and level (%s) %s is served", async (as, schema, level, path) => {
    const { headers } = await server.request(path, { as });
    expect(headers["x-kubernetes-pf-flowschema-uid"]).toBe((await get(`flowschemas/${schema}`)).metadata.uid);
    expect(headers["x-kubernetes-pf-prioritylevel-uid"]).toBe(
      (await get(`prioritylevelconfigurations/${level}`)).metadata.uid,
    );
  });

  it("puts mandatory objects right, makes suggested ones again, and leaves those alone that an admin keeps", async () => {
    const { metadata } = await get("flowschemas/catch-all");
    for (const path of ["flowschemas/catch-all", "prioritylevelconfigurations/exempt", "flowschemas/probes"]) {
      expect((await server.request(`${GROUP}/${path}`, { method: "DELETE" })).status).toBe(200);
    }
    const patch = (name: string, body: object) =>
      server.request(`${GROUP}/prioritylevelconfigurations/${name}`, {
        method: "PATCH",
        headers: { "content-type": "application/merge-patch+json" },
        body: JSON.stringify(body),
      });
    const shares = (count: number) => ({ spec: { limited: { nominalConcurrencyShares: count } } });
    await patch("system", shares(31));
    const kept = { metadata: { annotations: { "apf.kubernetes.io/autoupdate-spec": "false" } }, ...shares(41) };
    await patch("workload-high", kept);
    await expect
      .poll(async () => (await get("flowschemas/catch-all")).metadata?.uid ?? metadata.uid)
      .not.toBe(metadata.uid);
    for (const path of ["prioritylevelconfigurations/exempt", "flowschemas/probes"]) {
      await expect.poll(async () => (await server.request(`${GROUP}/${path}`)).status).toBe(200);
    }
    await expect.poll(() => get("prioritylevelconfigurations/system")).toMatchObject(shares(30));
    expect(await get("prioritylevelconfigurations/workload-high")).toMatchObject(shares(41));
  });

  it("refuses what a level has no seats for, by the schema as it is now", async () => {
    const ann = await server.certificateOf("ann");
    expect((await server.request(MAPS, { as: ann })).status).toBe(200);
    expect(
      (
        await post("prioritylevelconfigurations", "closed", {
          type: "Limited",
          limited: { ...CLOSED, limitResponse: { type: "Reject" } },
        })
      ).status,
    ).toBe(201);
    expect((await post("flowschemas", "ann", schemaFor("ann", "closed"))).status).toBe(201);
    const refused = await server.request(MAPS, { as: ann });
    expect(refused.status).toBe(429);
    expect(refused.text()).toBe("Too many requests, please try again later.\n");
    expect(refused.headers).toMatchObject({ "content-type": "text/plain; charset=utf-8", "retry-after": "1" });
    expect(refused.headers["x-kubernetes-pf-prioritylevel-uid"]).toBe(
      (await get("prioritylevelconfigurations/closed")).metadata.uid,
    );
    expect((await server.request(MAPS, { as: await server.certificateOf("bob") })).status).toBe(200);
    await server.request(`${GROUP}/flowschemas/ann`, { method: "DELETE" });
    expect((await server.request(MAPS, { as: ann })).status).toBe(200);
  });

  it("says of a schema whose level does not exist that it dangles, and does not use it", async () => {
    await post("flowschemas", "lost", schemaFor("carl", "nowhere"));
    await expect
      .poll(() => get("flowschemas/lost"))
      .toMatchObject({
        status: {
          conditions: [
            {
              type: "Dangling",
              status: "True",
              reason: "NotFound",
              message:
                'This FlowSchema references the PriorityLevelConfiguration object named "nowhere" but there is no such object',
            },
          ],
        },
      });
    expect((await server.request(MAPS, { as: await server.certificateOf("carl") })).status).toBe(200);
    await post("prioritylevelconfigurations", "nowhere", {
      type: "Limited",
      limited: { limitResponse: { type: "Queue", queuing: {} } },
    });
    await expect
      .poll(() => get("flowschemas/lost"))
      .toMatchObject({ status: { conditions: [{ status: "False", reason: "Found" }] } });
  });

  it("shows what it does to those who debug", async () => {
    const dump = async (name: string) => (await server.request(`/debug/api_priority_and_fairness/${name}`)).text();
    const levels = (await dump("dump_priority_levels")).split("\n");
    expect(levels[0]).toMatch(/^PriorityLevelName, +ActiveQueues, +IsIdle, +IsQuiescing, +WaitingRequests, /);
    expect(levels.find((line) => line.startsWith("exempt,"))).toMatch(
      /^exempt, +0, +false, +false, +0, +1, +\d+, +0, /,
    );
    expect(await dump("dump_queues")).toMatch(
      /^PriorityLevelName, +Index, +PendingRequests, .*\n(.*, +\d+, +0, +0, +0, )?/,
    );
    expect(await dump("dump_requests?includeRequestDetails=1")).toMatch(
      /\nexempt, +exempt, +-1, +-1, .*, 1, +0, +0s, .*, kubernetes-admin, get, +\/debug\/api_priority_and_fairness\/dump_requests, /,
    );
  });

  it("answers everything that many send at once", async () => {
    const users = await Promise.all(["dan", "eve", "fay"].map((name) => server.certificateOf(name)));
    const one = async (index: number): Promise<number> =>
      (await server.request(MAPS, { as: users[index % users.length] ?? "anonymous" })).status;
    const codes = await Promise.all(Array.from({ length: 1500 }, (_one, index) => one(index)));
    expect(codes.filter((code) => code !== 200 && code !== 429)).toEqual([]);
    expect(codes.filter((code) => code === 200).length).toBeGreaterThan(300);
  });
});

it("holds upstream's defaults without the kinds, and names nobody's uid", async () => {
  const server = await startTestServer({
    config: { resources: [], authorization: ["always-allow"], admission: [], controllers: [] },
  });
  const { status, headers } = await server.request("/version", { as: "anonymous" });
  expect(status).toBe(200);
  expect(headers["x-kubernetes-pf-flowschema-uid"]).toBeUndefined();
  const dump = await server.request("/debug/api_priority_and_fairness/dump_priority_levels");
  expect(dump.text()).toMatch(/\nglobal-default, +0, +true, +false, +0, +0, +1, /);
  await server.stop();
});

it("writes nothing at a later start", async () => {
  const data = await mkdtemp(join(tmpdir(), "quarterdeck-flow-"));
  const revisions: string[] = [];
  for (let start = 0; start < 2; start++) {
    const server = await startTestServer({ config: { storage: "level", controllers: [], server: { data } } });
    const { metadata } = (await server.request(`${GROUP}/flowschemas`)).json<{
      metadata: { resourceVersion: string };
    }>();
    revisions.push(metadata.resourceVersion);
    await server.stop();
  }
  expect(revisions[1]).toBe(revisions[0]);
  await rm(data, { recursive: true });
});
