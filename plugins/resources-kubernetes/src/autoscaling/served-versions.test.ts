import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const V1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
const V2 = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
const METRICS = "autoscaling.alpha.kubernetes.io/metrics";
const CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";

describe("autoscalers, served in two versions", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  async function write(method: string, path: string, body: object, type = "application/json"): Promise<KubeObject> {
    const answer = await server.request(path, { method, body, headers: { "content-type": type } });
    expect(answer.text()).toContain('"uid"');
    return answer.json();
  }

  it("have in v1 all that was written in v2, and the other way", async () => {
    const spec: JsonObject = {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      maxReplicas: 3,
      metrics: [
        {
          type: "Pods",
          pods: { metric: { name: "hits" }, target: { type: "AverageValue", averageValue: "10" } },
        },
      ],
    };
    const object = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "web" }, spec };
    const made = await write("POST", V2, object);
    expect(made.metadata.generation).toBe(1);
    const conditions = [{ type: "AbleToScale", status: "True", lastTransitionTime: "2026-01-02T03:04:05Z" }];
    const status = { currentReplicas: 1, desiredReplicas: 2, currentMetrics: null, conditions };
    await write("PUT", `${V2}/web/status`, { ...made, status });

    const older = (await server.request(`${V1}/web`)).json<KubeObject>();
    expect(older.status).toEqual({ currentReplicas: 1, desiredReplicas: 2 });
    expect(older.metadata.annotations).toEqual({
      [METRICS]: '[{"type":"Pods","pods":{"metricName":"hits","targetAverageValue":"10"}}]',
      [CONDITIONS]: JSON.stringify(conditions),
    });

    const patch = {
      metadata: { annotations: { [METRICS]: null, [CONDITIONS]: "[]" } },
      spec: { targetCPUUtilizationPercentage: 50 },
    };
    const patched = await write("PATCH", `${V1}/web`, patch, "application/merge-patch+json");
    expect(patched.metadata).toMatchObject({
      generation: 2,
      annotations: { [CONDITIONS]: JSON.stringify(conditions) },
    });
    const stored = (await server.request(`${V2}/web`)).json<KubeObject>();
    expect(stored).toMatchObject({
      spec: {
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } },
        ],
      },
      status: { conditions },
    });
    expect(stored.metadata.annotations).toBeUndefined();
  });

  it("are refused in v1 for what is wrong in the annotations", async () => {
    const body = {
      apiVersion: "autoscaling/v1",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "bad", annotations: { [METRICS]: '[{"type":"Pods"}]' } },
      spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" }, maxReplicas: 3 },
    };
    const answer = await server.request(V1, { method: "POST", body });
    expect(answer.json()).toMatchObject({
      code: 422,
      message:
        'HorizontalPodAutoscaler.autoscaling "bad" is invalid: spec.metrics[0].pods: Required value: must populate information for the given metric source',
    });
  });
});
