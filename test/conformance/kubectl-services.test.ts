import { join } from "node:path";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const skipped = kubectlMissing === undefined ? "" : ` (skipped: ${kubectlMissing})`;

/** The columns of each row but the last, which is the age. */
function cells(text: string): string[][] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) =>
      line
        .trimEnd()
        .split(/\s{2,}/)
        .slice(0, -1),
    );
}

describe.skipIf(kubectlMissing !== undefined)(`stock kubectl and services${skipped}`, () => {
  let server: TestServer;
  let kubectl: Kubectl;
  beforeAll(async () => {
    const controllers = [["kubernetes-service", { advertiseAddress: "192.0.2.1" }]] as const;
    server = await startTestServer({ config: { controllers } });
    kubectl = new Kubectl(server.kubeconfig, join(server.data, "kubectl-cache"), "default");
  });
  afterAll(() => server.stop());

  it("shows the service of the API and where it leads", { timeout: 60_000 }, async () => {
    const { port } = new URL(server.url);
    await expect
      .poll(async () => cells(await kubectl.run("get endpointslices")), { timeout: 30_000 })
      .toEqual([
        ["NAME", "ADDRESSTYPE", "PORTS", "ENDPOINTS"],
        ["kubernetes", "IPv4", port, "192.0.2.1"],
      ]);
    expect(cells(await kubectl.run("get services"))).toEqual([
      ["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)"],
      ["kubernetes", "ClusterIP", "10.96.0.1", "<none>", "443/TCP"],
    ]);
    expect(cells(await kubectl.run("get endpoints"))).toEqual([
      ["NAME", "ENDPOINTS"],
      ["kubernetes", `192.0.2.1:${port}`],
    ]);
  });

  it("makes, exposes, changes and deletes services", { timeout: 60_000 }, async () => {
    expect(await kubectl.run("create service nodeport web --tcp=80:8080")).toBe("service/web created\n");
    const nodePort = Number(await kubectl.run("get service web -o jsonpath={.spec.ports[0].nodePort}"));
    expect(nodePort).toBeGreaterThanOrEqual(30_000);
    const [, row = []] = cells(await kubectl.run("get service web"));
    expect([row[1], row[4]]).toEqual(["NodePort", `80:${nodePort}/TCP`]);
    const patch = JSON.stringify({ spec: { type: "ClusterIP" } });
    await kubectl.run(`patch service web -p ${patch}`);
    const [, plain = []] = cells(await kubectl.run("get service web"));
    expect([plain[1], plain[4]]).toEqual(["ClusterIP", "80/TCP"]);
    const ip = await kubectl.run("get service web -o jsonpath={.spec.clusterIP}");
    expect(await kubectl.run(`get services --field-selector spec.clusterIP=${ip} -o name`)).toBe("service/web\n");
    expect(await kubectl.run("delete service web")).toContain('service "web" deleted');
  });
});
