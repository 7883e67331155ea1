import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const GROUP = "/apis/resource.k8s.io/v1";
const LABEL = "resource.kubernetes.io/admin-access";

const admin = {
  name: "all",
  exactly: { deviceClassName: "gpu.example.com", allocationMode: "All", adminAccess: true },
};

describe("claims of devices", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ config: { resources: ["kubernetes"] } });
    const metadata = { name: "admins", labels: { [LABEL]: "true" } };
    const made = await server.request("/api/v1/namespaces", { method: "POST", body: { metadata } });
    expect(made.status).toBe(201);
  });
  afterAll(() => server.stop());

  function post(path: string, body: object) {
    return server.request(`${GROUP}/${path}`, { method: "POST", body });
  }

  it.each([
    ["resourceclaims", { spec: { devices: { requests: [admin] } } }],
    ["resourceclaimtemplates", { spec: { spec: { devices: { requests: [admin] } } } }],
  ])("may have access to devices in use where the namespace says so: %s", async (resource, fields) => {
    const body = { metadata: { name: "all" }, ...fields };
    expect((await post(`namespaces/admins/${resource}`, body)).status).toBe(201);
    const refused = await post(`namespaces/default/${resource}`, body);
    expect(refused.status).toBe(422);
    expect(refused.text()).toContain(
      `spec.devices.requests[0].adminAccess: Forbidden: admin access to devices requires the \`${LABEL}: true\` label`,
    );
  });

  it("are given back when they are deleted, and choose devices by CEL", async () => {
    const selectors = [{ cel: { expression: 'device.driver == "gpu.example.com"' } }];
    const requests = [{ name: "one", exactly: { deviceClassName: "gpu.example.com", selectors } }];
    const body = { metadata: { name: "chosen" }, spec: { devices: { requests } } };
    expect((await post("namespaces/default/resourceclaims", body)).status).toBe(201);
    const gone = await server.request(`${GROUP}/namespaces/default/resourceclaims/chosen`, { method: "DELETE" });
    expect(gone.json()).toMatchObject({ kind: "ResourceClaim", metadata: { name: "chosen" } });
  });
});
