import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create } from "./support/api-objects.js";
import { expectFailure } from "./support/expect-failure.js";

const CORE = "/api/v1/namespaces/default";
const SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
const MERGE = { "content-type": "application/merge-patch+json" };

describe("the proxy of services", () => {
  let server: TestServer;
  const proxy = (name: string, method = "GET") => server.request(`${CORE}/services/${name}/proxy/x`, { method });

  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: [] } });
    const ports = [
      { name: "http", port: 80 },
      { name: "admin", port: 81 },
    ];
    for (const name of ["web", "bare"])
      await create(server, `${CORE}/services`, { metadata: { name }, spec: { ports } });
    const containers = [{ name: "web", image: "nginx" }];
    await create(server, `${CORE}/pods`, { metadata: { name: "pod" }, spec: { containers } });
    const status = { podIP: "10.1.0.1", podIPs: [{ ip: "10.1.0.1" }] };
    const patched = await server.request(`${CORE}/pods/pod/status`, {
      method: "PATCH",
      headers: MERGE,
      body: { status },
    });
    expect(patched.status, patched.text()).toBe(200);
    const targetRef = { kind: "Pod", namespace: "default", name: "pod" };
    await create(server, SLICES, {
      metadata: { name: "web-1", labels: { "kubernetes.io/service-name": "web" } },
      addressType: "IPv4",
      ports: [
        { name: "http", port: 8080 },
        { name: "admin", port: 8081 },
      ],
      endpoints: [
        { addresses: ["10.1.0.9"], targetRef },
        { addresses: ["10.1.0.8"] },
        { addresses: ["10.1.0.1"], conditions: { ready: false }, targetRef },
        { addresses: ["10.1.0.1"], targetRef },
      ],
    });
  });
  afterAll(() => server.stop());

  it("finds a ready pod of the port, by its name or number", async () => {
    const refused = (port: number) =>
      `error trying to reach service: dial tcp 10.1.0.1:${port}: connect: connection refused`;
    for (const name of ["web:http", "web:80", "https:web:80"])
      expectFailure(await proxy(name), 503, "ServiceUnavailable", refused(8080));
    expectFailure(await proxy("web:admin", "POST"), 503, "ServiceUnavailable", refused(8081));
  });

  it("says when there is none", async () => {
    expectFailure(await proxy("bare:80"), 503, "ServiceUnavailable", 'no endpoints available for service "bare"');
    expectFailure(await proxy("web"), 503, "ServiceUnavailable", 'no endpoints available for service "web"');
    expectFailure(await proxy("web:82"), 503, "ServiceUnavailable", 'no service port 82 found for service "web"');
    expectFailure(await proxy("a:b:c:d"), 400, "BadRequest", 'invalid service request "a:b:c:d"');
    expect((await proxy("none:80")).status).toBe(404);
  });
});
