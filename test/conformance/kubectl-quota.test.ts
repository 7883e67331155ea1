import { join } from "node:path";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const skipped = kubectlMissing === undefined ? "" : ` (skipped: ${kubectlMissing})`;

describe.skipIf(kubectlMissing !== undefined)(`stock kubectl with quotas and leases${skipped}`, () => {
  let server: TestServer;
  let kubectl: Kubectl;
  beforeAll(async () => {
    server = await startTestServer();
    kubectl = new Kubectl(server.kubeconfig, join(server.data, "kubectl-cache"));
  });
  afterAll(() => server.stop());

  it("makes a quota, and shows what there is of it", async () => {
    expect(await kubectl.run("create quota few --hard=configmaps=5,count/secrets=3,limits.cpu=1.5")).toMatch(
      /^resourcequota\/few created/,
    );
    await kubectl.run("create configmap a");
    await expect
      .poll(() => kubectl.run("get quota few --no-headers"), { timeout: 10_000 })
      .toMatch(/^few +configmaps: 1\/5, count\/secrets: 0\/3 +limits\.cpu: 0\/1500m +\S+/);
    expect(await kubectl.run("describe quota few")).toMatch(/^configmaps +1 +5$/m);
    expect(await kubectl.run("get quota")).toMatch(/^NAME +REQUEST +LIMIT +AGE/);
  });

  it("is told what is wrong with one", async () => {
    expect((await kubectl.try("create quota bad --hard=apples=1")).stderr).toContain(
      'spec.hard[apples]: Invalid value: "apples": must be a standard resource for quota',
    );
  });

  it("shows who holds a lease", async () => {
    const lease = `
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: { name: work }
spec: { holderIdentity: me, leaseDurationSeconds: 15, renewTime: "2026-01-01T00:00:00.000000Z" }
`;
    expect(await kubectl.run("apply -f -", lease)).toMatch(/^lease\.coordination\.k8s\.io\/work created/);
    expect(await kubectl.run("get leases")).toMatch(/^NAME +HOLDER +AGE\nwork +me +/);
  });
});
