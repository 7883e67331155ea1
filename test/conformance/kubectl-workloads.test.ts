import { join } from "node:path";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const skipped = kubectlMissing === undefined ? "" : ` (skipped: ${kubectlMissing})`;
const MINUTE = { timeout: 60_000 };

describe.skipIf(kubectlMissing !== undefined)(`stock kubectl and workloads${skipped}`, () => {
  let server: TestServer;
  let kubectl: Kubectl;
  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: [] } });
    kubectl = new Kubectl(server.kubeconfig, join(server.data, "kubectl-cache"));
  });
  afterAll(() => server.stop());

  it("makes, scales, changes, pauses and restarts a deployment", MINUTE, async () => {
    await kubectl.run("create deployment web --image=nginx:1.27 --replicas=2");
    expect(await kubectl.run("get deploy -o wide")).toMatch(
      /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE +CONTAINERS +IMAGES +SELECTOR\nweb +0\/2 +0 +0 +\d+s +nginx +nginx:1\.27 +app=web\n$/,
    );
    expect(await kubectl.run("scale deploy/web --replicas=5 --current-replicas=2")).toContain("scaled");
    expect(await kubectl.run("set image deploy/web nginx=nginx:1.28")).toContain("image updated");
    expect(await kubectl.run("rollout pause deploy/web")).toContain("paused");
    expect(await kubectl.run("rollout resume deploy/web")).toContain("resumed");
    expect(await kubectl.run("rollout restart deploy/web")).toContain("restarted");
    const fields = "{.metadata.generation} {.spec.replicas} {.spec.template.spec.containers[0].image}";
    expect(await kubectl.run(`get deploy web -o 'jsonpath=${fields}'`)).toBe("6 5 nginx:1.28");
    expect(await kubectl.run("autoscale deploy/web --max=9")).toContain("autoscaled");
    expect((await kubectl.try(`patch deploy web -p '{"spec":{"strategy":{"type":"Blue"}}}'`)).stderr).toMatch(
      /^The Deployment "web" is invalid: spec\.strategy: Unsupported value: \{"Type":"Blue",/,
    );
  });

  it("makes jobs, also of a schedule, and shows them", MINUTE, async () => {
    await kubectl.run("create job once --image=busybox:1.36 -- date");
    expect(await kubectl.run("get jobs")).toMatch(
      /^NAME +STATUS +COMPLETIONS +DURATION +AGE\nonce +Running +0\/1 +\d+s\n$/,
    );
    await kubectl.run("create cronjob nightly --image=busybox:1.36 --schedule '0 3 * * *' -- date");
    expect(await kubectl.run("get cronjobs")).toMatch(
      /^NAME +SCHEDULE +TIMEZONE +SUSPEND +ACTIVE +LAST SCHEDULE +AGE\nnightly +0 3 \* \* \* +<none> +False +0 +<none> +\d+s\n$/,
    );
    await kubectl.run("create job now --from=cronjob/nightly");
    expect(await kubectl.run("get job now -o jsonpath={.metadata.ownerReferences[0].kind}")).toBe("CronJob");
    expect(await kubectl.run("get jobs --field-selector=status.successful=0 -o name")).toBe(
      "job.batch/now\njob.batch/once\n",
    );
    expect((await kubectl.try("create cronjob often --image=a --schedule=often")).stderr).toContain(
      'spec.schedule: Invalid value: "often": expected exactly 5 fields, found 1: [often]',
    );
  });
});
