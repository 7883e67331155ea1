import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectFailure } from "./support/expect-failure.js";

const PATH = "/api/v1/componentstatuses";
const HEALTHY = { metadata: { name: "etcd-0" }, conditions: [{ type: "Healthy", status: "True", message: "ok" }] };
const WARNING = '299 - "v1 ComponentStatus is deprecated in v1.19+"';

describe("component statuses", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it("say that the storage answers, as kube-apiserver says it of etcd", async () => {
    const one = await server.request(`${PATH}/etcd-0`);
    expect(one.json()).toEqual({ kind: "ComponentStatus", apiVersion: "v1", ...HEALTHY });
    expect(one.headers.warning).toBe(WARNING);
    const list = await server.request(PATH);
    expect(list.text()).toBe(
      `${JSON.stringify({ kind: "ComponentStatusList", apiVersion: "v1", metadata: {}, items: [HEALTHY] })}`,
    );
    expectFailure(await server.request(`${PATH}/etcd-1`), 404, "NotFound", 'componentstatuses "etcd-1" not found', {
      name: "etcd-1",
      kind: "componentstatuses",
    });
  });

  it("are chosen by selectors, though they have no labels", async () => {
    const chosen = async (query: string) =>
      (await server.request(`${PATH}?${query}`)).json<{ items: object[] }>().items;
    expect(await chosen("fieldSelector=metadata.name=etcd-0")).toEqual([HEALTHY]);
    expect(await chosen("fieldSelector=metadata.name=etcd-1")).toEqual([]);
    expect(await chosen("fieldSelector=metadata.name!=etcd-0")).toEqual([]);
    expect(await chosen("labelSelector=a=b")).toEqual([]);
    expect(await chosen("labelSelector=!a")).toEqual([HEALTHY]);
  });

  it("are printed and encoded as upstream does it", async () => {
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    const table = await server.request(PATH, { headers: { accept } });
    expect(table.json()).toMatchObject({
      kind: "Table",
      columnDefinitions: ["Name", "Status", "Message", "Error"].map((name) => ({ name, type: "string", priority: 0 })),
      rows: [{ cells: ["etcd-0", "Healthy", "ok", ""] }],
    });
    const encoded = await server.request(PATH, { headers: { accept: "application/vnd.kubernetes.protobuf" } });
    expect(encoded.status).toBe(200);
    expect(encoded.headers["content-type"]).toBe("application/vnd.kubernetes.protobuf");
  });

  it("are read, and nothing else", async () => {
    const { resources } = (await server.request("/api/v1")).json<{ resources: { name: string }[] }>();
    expect(resources.filter(({ name }) => name.startsWith("componentstatus"))).toEqual([
      {
        name: "componentstatuses",
        singularName: "componentstatus",
        namespaced: false,
        kind: "ComponentStatus",
        verbs: ["get", "list"],
        shortNames: ["cs"],
      },
    ]);
    for (const [method, path] of [
      ["POST", PATH],
      ["DELETE", `${PATH}/etcd-0`],
      ["GET", `${PATH}?watch=true`],
    ] as const) {
      const refused = await server.request(path, { method, ...(method === "POST" ? { body: HEALTHY } : {}) });
      expect([method, refused.status]).toEqual([method, 405]);
    }
  });
});
