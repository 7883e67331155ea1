import { join } from "node:path";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create } from "../integration/support/api-objects.js";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const skipped = kubectlMissing === undefined ? "" : ` (skipped: ${kubectlMissing})`;
const PODS = "/api/v1/namespaces/default/pods";

describe.skipIf(kubectlMissing !== undefined)(`stock kubectl and pods${skipped}`, () => {
  let server: TestServer;
  let kubectl: Kubectl;
  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: [] } });
    kubectl = new Kubectl(server.kubeconfig, join(server.data, "kubectl-cache"));
    await create(server, "/api/v1/nodes", { metadata: { name: "n1" } });
  });
  afterAll(() => server.stop());

  /** A pod that the scheduler and the kubelet have seen to. */
  async function running(name: string, resources: object = {}): Promise<void> {
    const spec = { containers: [{ name, image: "nginx:1", ports: [{ containerPort: 80 }], resources }] };
    await kubectl.run(`run ${name} --image=nginx:1 --overrides '${JSON.stringify({ spec })}'`);
    const target = { apiVersion: "v1", kind: "Node", name: "n1" };
    await create(server, `${PODS}/${name}/binding`, { metadata: { name }, target });
    const status = {
      phase: "Running",
      podIP: "10.1.2.3",
      conditions: [{ type: "Ready", status: "True" }],
      containerStatuses: [
        { name, image: "nginx:1", ready: true, started: true, restartCount: 1, state: { running: {} }, resources },
      ],
    };
    await kubectl.run(`patch pod ${name} --subresource=status --type=merge --patch '${JSON.stringify({ status })}'`);
  }

  it("runs one and shows it, from its first moment to its last", { timeout: 60_000 }, async () => {
    await kubectl.run("run new --image=nginx");
    expect(await kubectl.run("get pods")).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE\nnew +0\/1 +Pending +0 +\d+s\n$/,
    );
    await running("web");
    expect(await kubectl.run("get pod web -o wide")).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE +NOMINATED NODE +READINESS GATES\nweb +1\/1 +Running +1 +\d+s +10\.1\.2\.3 +n1 +<none> +<none>\n$/,
    );
    expect(await kubectl.run("get pods --field-selector=spec.nodeName=n1 -o name")).toBe("pod/web\n");
    expect(await kubectl.run("describe pod web")).toMatch(/QoS Class: +BestEffort\n/);
    expect(await kubectl.run("delete pod web --wait=false")).toContain('pod "web" deleted');
    expect(await kubectl.run("get pod web")).toMatch(/web +1\/1 +Terminating/);
    await kubectl.run("delete pod web --grace-period=0 --force");
    expect((await kubectl.try("get pod web")).stderr).toContain('pods "web" not found');
    await kubectl.run("delete pod new");
  });

  it("looks into one and resizes it", { timeout: 60_000 }, async () => {
    await running("looked-at", { requests: { cpu: "50m" } });
    await kubectl.run("debug looked-at --image=busybox:1 -c debugger --attach=false");
    expect(await kubectl.run("get pod looked-at -o jsonpath={.spec.ephemeralContainers[*].name}")).toBe("debugger");
    const resources = [{ name: "looked-at", resources: { requests: { cpu: "100m" } } }];
    const patch = JSON.stringify({ spec: { containers: resources } });
    await kubectl.run(`patch pod looked-at --subresource=resize --patch '${patch}'`);
    expect(await kubectl.run("get pod looked-at -o jsonpath={.spec.containers[0].resources.requests.cpu}")).toBe(
      "100m",
    );
  });

  it("has nothing to tell of one that runs nowhere", { timeout: 60_000 }, async () => {
    await kubectl.run("run waiting --image=nginx:1");
    expect(await kubectl.run("logs waiting")).toBe("");
    expect((await kubectl.try("logs waiting -c other")).stderr).toContain(
      "container other is not valid for pod waiting",
    );
    await kubectl.run("delete pod waiting");
  });

  it("drains a node as the budgets allow", { timeout: 60_000 }, async () => {
    await running("drained");
    await kubectl.run("create poddisruptionbudget keep --selector=run=drained --min-available=1");
    const counted = {
      observedGeneration: 1,
      currentHealthy: 1,
      desiredHealthy: 1,
      disruptionsAllowed: 0,
      expectedPods: 1,
    };
    const tell = (status: object) =>
      kubectl.run(`patch pdb keep --subresource=status --type=merge --patch '${JSON.stringify({ status })}'`);
    await tell(counted);
    const drain = "drain n1 --force --grace-period=0 --pod-selector=run=drained --timeout=1s";
    const refused = await kubectl.try(drain);
    expect(refused.stderr).toContain("Cannot evict pod as it would violate the pod's disruption budget.");
    await tell({ ...counted, disruptionsAllowed: 1 });
    expect(await kubectl.run(drain)).toContain("pod/drained evicted");
    expect((await kubectl.try("get pod drained")).stderr).toContain('pods "drained" not found');
  });
});
