import { ApiObject, Field, Resource } from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import plugin from "./index.js";

@Resource({ group: "example.com", version: "v1", kind: "Widget" })
class Widget extends ApiObject {
  @Field() size?: string;
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    config: { controllers: ["namespace", [plugin, { resyncSeconds: 0 }]] },
    resources: [Widget],
  });
});
afterAll(() => server.stop());

async function make(path: string, name: string, fields: object = {}): Promise<void> {
  const answer = await server.request(path, { method: "POST", body: { metadata: { name }, ...fields } });
  expect(answer.status, answer.text()).toBe(201);
}

const MERGE = { "content-type": "application/merge-patch+json" };
const patch = (path: string, body: object) => server.request(path, { method: "PATCH", headers: MERGE, body });

/** Waits until the status of a quota is this. */
async function expectStatus(path: string, hard: object, used: object): Promise<void> {
  const status = async () => (await server.request(path)).json<{ status: unknown }>().status;
  await expect.poll(status, { timeout: 10_000 }).toEqual({ hard, used });
}

describe("the controller resource-quota", () => {
  it("counts objects of any kind, by both of their names, as they come and go", async () => {
    await make("/api/v1/namespaces", "counts");
    const path = "/api/v1/namespaces/counts";
    const hard = { configmaps: "10", "count/configmaps": "10", "count/widgets.example.com": "3", resourcequotas: "1" };
    await make(`${path}/configmaps`, "before");
    await make(`${path}/resourcequotas`, "q", { spec: { hard } });
    const used = (configmaps: string, widgets: string) => ({
      configmaps,
      "count/configmaps": configmaps,
      "count/widgets.example.com": widgets,
      resourcequotas: "1",
    });
    await expectStatus(`${path}/resourcequotas/q`, hard, used("1", "0"));
    await make(`${path}/configmaps`, "after");
    await make("/apis/example.com/v1/namespaces/counts/widgets", "w");
    await make("/api/v1/namespaces/default/configmaps", "elsewhere");
    await expectStatus(`${path}/resourcequotas/q`, hard, used("2", "1"));
    await server.request(`${path}/configmaps/before`, { method: "DELETE" });
    await expectStatus(`${path}/resourcequotas/q`, hard, used("1", "1"));
    const table = await server.request(`${path}/resourcequotas`, {
      headers: { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" },
    });
    expect(table.json<{ rows: { cells: unknown[] }[] }>().rows[0]?.cells.slice(0, 3)).toEqual([
      "q",
      "configmaps: 1/10, count/configmaps: 1/10, count/widgets.example.com: 1/3, resourcequotas: 1/1",
      "",
    ]);
  });

  it("follows its limits, in and out of force, and leaves alone what nobody serves", async () => {
    await make("/api/v1/namespaces", "limits");
    const quota = "/api/v1/namespaces/limits/resourcequotas/q";
    await make("/api/v1/namespaces/limits/resourcequotas", "q", {
      spec: { hard: { secrets: "1", "count/gadgets.example.com": "5" } },
    });
    await expectStatus(quota, { secrets: "1", "count/gadgets.example.com": "5" }, { secrets: "0" });
    await patch(quota, { spec: { hard: { "count/gadgets.example.com": null, configmaps: "0.5k" } } });
    await expectStatus(quota, { secrets: "1", configmaps: "500" }, { secrets: "0", configmaps: "0" });
  });

  it("adds up what pods request, within its scopes, and hears when they end", async () => {
    await make("/api/v1/namespaces", "pods");
    const path = "/api/v1/namespaces/pods";
    const hard = { pods: "5", "requests.cpu": "2", "limits.memory": "4Gi" };
    await make(`${path}/resourcequotas`, "all", { spec: { hard } });
    await make(`${path}/resourcequotas`, "urgent", {
      spec: {
        hard: { pods: "2" },
        scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["high"] }] },
      },
    });
    const pod = (requests: object, limits: object, more: object = {}) => ({
      spec: { containers: [{ name: "c", image: "nginx", resources: { requests, limits } }], ...more },
    });
    await make(`${path}/pods`, "a", pod({ cpu: "250m" }, { memory: "1Gi" }));
    await make(`${path}/pods`, "b", pod({ cpu: "1" }, { memory: "512Mi" }, { priorityClassName: "high" }));
    await expectStatus(`${path}/resourcequotas/all`, hard, {
      pods: "2",
      "requests.cpu": "1250m",
      "limits.memory": "1536Mi",
    });
    await expectStatus(`${path}/resourcequotas/urgent`, { pods: "2" }, { pods: "1" });
    await patch(`${path}/pods/b/status`, { status: { phase: "Succeeded" } });
    await expectStatus(`${path}/resourcequotas/all`, hard, {
      pods: "1",
      "requests.cpu": "250m",
      "limits.memory": "1Gi",
    });
    await expectStatus(`${path}/resourcequotas/urgent`, { pods: "2" }, { pods: "0" });
  });

  it("goes with its namespace", async () => {
    await server.request("/api/v1/namespaces/counts", { method: "DELETE" });
    await expect
      .poll(async () => (await server.request("/api/v1/namespaces/counts")).status, { timeout: 10_000 })
      .toBe(404);
  });
});
