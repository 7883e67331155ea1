import { join } from "node:path";
import { etcdMissing } from "@quarterdeck/testing/etcd";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ServerProcess } from "../process/server-process.js";
import { Stage } from "../process/stage.js";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const ROLLOUT = `
apiVersion: delivery.example.com/v1
kind: Rollout
metadata:
  name: web
  labels: { team: shop }
spec:
  image: web:1.0
  replicas: 2
  steps:
  - { name: first, weight: 10, pause: 5m }
  - { name: rest, weight: 100 }
`;

/** A server under the walk, and what goes with it. */
interface Walked {
  readonly server: ServerProcess;
  stop(): Promise<void>;
}

async function onDefaultConfig(): Promise<Walked> {
  const server = await ServerProcess.start();
  return { server, stop: () => server.dispose() };
}

async function onEtcd(): Promise<Walked> {
  const stage = await Stage.start({ storage: "etcd3", servers: 1 });
  const [first] = stage.servers;
  if (first === undefined) throw new Error("there is no server");
  return { server: first.process, stop: () => stage.stop() };
}

describe.each([
  { storage: "the default config", missing: kubectlMissing, start: onDefaultConfig },
  { storage: "etcd", missing: kubectlMissing ?? etcdMissing, start: onEtcd },
])("stock kubectl walks on $storage", ({ missing, start }) => {
  if (missing !== undefined) {
    it.skip(`(skipped: ${missing})`, () => {});
    return;
  }
  let walked: Walked;
  let server: ServerProcess;
  let kubectl: Kubectl;

  beforeAll(async () => {
    walked = await start();
    server = walked.server;
    kubectl = new Kubectl(server.kubeconfig, join(server.folder, "kubectl-cache"));
    await kubectl.run("create namespace demo");
  });
  afterAll(() => walked?.stop());

  const field = (object: string, path: string) => kubectl.run(`get ${object} -n demo -o jsonpath={${path}}`);

  it("discovers what is served", async () => {
    const resources = await kubectl.run("api-resources");
    expect(resources).toMatch(/^rollouts\s+ro\s+delivery\.example\.com\/v1\s+true\s+Rollout$/m);
    expect(resources).toMatch(/^configmaps\s+cm\s+v1\s+true\s+ConfigMap$/m);
    expect(resources).toMatch(/^namespaces\s+ns\s+v1\s+false\s+Namespace$/m);
    expect((await kubectl.run("api-versions")).split("\n")).toEqual(
      expect.arrayContaining(["delivery.example.com/v1", "delivery.example.com/v1beta1", "v1"]),
    );
    expect(await kubectl.run("api-versions")).not.toContain("v2alpha1");
    expect(await kubectl.run("api-resources --categories=all -o name")).toContain("rollouts.delivery.example.com");
    expect(await kubectl.run("version")).toMatch(/Server Version: v1\./);
  });

  it("acts as another user", async () => {
    const as = "--as=alice --as-group=system:masters --as-uid=7";
    expect(await kubectl.run("auth whoami -o jsonpath={.status.userInfo.username}")).toBe("kubernetes-admin");
    const alice = JSON.parse(await kubectl.run(`auth whoami ${as} -o jsonpath={.status.userInfo}`));
    expect(alice).toMatchObject({
      username: "alice",
      uid: "7",
      groups: ["system:masters", "system:authenticated"],
    });
    const refused = await kubectl.try("get namespaces --as=alice");
    expect(refused.stderr).toContain(
      'User "alice" cannot list resource "namespaces" in API group "" at the cluster scope',
    );
  });

  it("explains fields with their types, enums and descriptions", async () => {
    const tree = await kubectl.run("explain rollout --recursive");
    for (const line of ["replicas\t<integer>", "steps\t<[]Step>", "env\t<map[string]string>", "phase\t<string>"]) {
      expect(tree).toContain(line);
    }
    const takeover = await kubectl.run("explain rollout.spec.strategy");
    expect(takeover).toContain("How the new image takes over.");
    expect(takeover).toContain("Canary");
    expect(await kubectl.run("explain configmap.data")).toContain("Text values by key");
    const strategy = await kubectl.run("explain deployment.spec.strategy");
    for (const text of ["How pods of an old template", "DeploymentStrategy is how", "How many at a time"]) {
      expect(strategy).toContain(text);
    }
  });

  it("applies, gets and describes", async () => {
    expect(await kubectl.run("apply -n demo -f -", ROLLOUT)).toBe("rollout.delivery.example.com/web created\n");
    expect(await kubectl.run("apply -n demo -f -", ROLLOUT)).toBe("rollout.delivery.example.com/web unchanged\n");
    expect(await kubectl.run("get rollouts -n demo")).toMatch(
      /^NAME\s+REPLICAS\s+PHASE\s+AGE\nweb\s+2\s+Pending\s+\d+s\n$/,
    );
    expect(await kubectl.run("get ro web -n demo -o wide")).toMatch(/^NAME\s+REPLICAS\s+PHASE\s+IMAGE\s+AGE\n/);
    const yaml = await kubectl.run("get ro web -n demo -o yaml");
    expect(yaml).toContain("apiVersion: delivery.example.com/v1\nkind: Rollout\n");
    expect(yaml).toContain("strategy: Canary");
    expect(await kubectl.run("describe rollout web -n demo")).toMatch(/Image:\s+web:1\.0/);
    expect(await kubectl.run("get all -n demo -o name")).toContain("rollout.delivery.example.com/web");
    expect(await kubectl.run("get rollouts -A -l team=shop -o name")).toBe("rollout.delivery.example.com/web\n");
    expect(await kubectl.run("get rollouts -n demo -l team!=shop -o name")).toBe("");
    expect(await kubectl.run("get rollouts -n demo --field-selector spec.image=web:1.0 -o name")).toContain("web");
    expect((await kubectl.try("get rollouts -n demo --field-selector spec.pause=1")).stderr).toContain("field");
  });

  it("converts between versions and warns of the old one", async () => {
    const old = await kubectl.try("get rollouts.v1beta1.delivery.example.com web -n demo -o jsonpath={.spec.copies}");
    expect(old.stdout).toBe("2");
    expect(old.stderr).toContain("Warning: delivery.example.com/v1beta1 Rollout is deprecated");
    await kubectl.run(
      `patch rollouts.v1beta1.delivery.example.com web -n demo --type=merge -p '{"spec":{"copies":3}}'`,
    );
    expect(await field("rollout web", ".spec.replicas")).toBe("3");
    expect(await field("rollout web", ".spec.steps[*].name")).toBe("first rest");
  });

  it("patches, labels, annotates, edits and waits", async () => {
    await kubectl.run(`patch rollout web -n demo --type=merge -p '{"spec":{"image":"web:1.1"}}'`);
    await kubectl.run(
      `patch rollout web -n demo --type=json -p '[{"op":"replace","path":"/spec/replicas","value":4}]'`,
    );
    await kubectl.run("label rollout web -n demo tier=front");
    await kubectl.run("annotate rollout web -n demo note=hello");
    await kubectl.run(
      `patch rollout web -n demo --subresource=status --type=merge -p '{"status":{"phase":"Healthy"}}'`,
    );
    expect(
      await kubectl.run("wait rollout/web -n demo --for=jsonpath={.status.phase}=Healthy --timeout=10s"),
    ).toContain("met");
    expect(await field("rollout web", ".metadata.labels.tier")).toBe("front");
    expect(await field("rollout web", ".metadata.annotations.note")).toBe("hello");
    expect(await field("rollout web", ".spec.image")).toBe("web:1.1");
    expect(await field("rollout web", ".spec.replicas")).toBe("4");
    const refused = await kubectl.try(`patch rollout web -n demo --type=merge -p '{"spec":{"strategy":"BlueGreen"}}'`);
    expect(refused.stderr).toContain("spec.strategy: Forbidden: the strategy of a rollout is fixed");
  });

  it("edits with an editor", async () => {
    expect(await kubectl.edit("s/web:1.1/web:1.2/", "edit rollout web -n demo")).toContain("edited");
    expect(await field("rollout web", ".spec.image")).toBe("web:1.2");
  });

  it("creates, edits, patches and applies config maps, in kubectl's default patch type", async () => {
    const data = (key: string) => field("configmap settings", `.data.${key}`);
    await kubectl.run("create configmap settings -n demo --from-literal=colour=red --from-literal=size=1");
    const editor = "s/red/blue/; /size/d";
    expect(await kubectl.edit(editor, "edit configmap settings -n demo")).toBe("configmap/settings edited\n");
    expect([await data("colour"), await data("size")]).toEqual(["blue", ""]);
    await kubectl.run(`patch configmap settings -n demo -p '{"data":{"size":"2"}}'`);
    await kubectl.run(`patch configmap settings -n demo -p '{"metadata":{"finalizers":["example.com/a"]}}'`);
    await kubectl.run(`patch configmap settings -n demo -p '{"metadata":{"finalizers":["example.com/b"]}}'`);
    expect(await field("configmap settings", ".metadata.finalizers[*]")).toBe("example.com/b example.com/a");
    await kubectl.run(`patch configmap settings -n demo -p '{"metadata":{"finalizers":null}}'`);
    expect([await data("colour"), await data("size")]).toEqual(["blue", "2"]);

    const applied = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: applied }\ndata: { a: one, b: two }\n";
    expect(await kubectl.run("apply -n demo -f -", applied)).toBe("configmap/applied created\n");
    const changed = applied.replace("a: one, b: two", "a: three, c: four");
    expect(await kubectl.run("apply -n demo -f -", changed)).toBe("configmap/applied configured\n");
    expect(JSON.parse(await field("configmap applied", ".data"))).toEqual({ a: "three", c: "four" });
    expect(await kubectl.run("apply -n demo -f -", changed)).toBe("configmap/applied unchanged\n");
  });

  it("applies lists item by item: what was taken out goes, what others added stays", async () => {
    const three = ROLLOUT.replace("name: web", "name: stepped").replace(
      "  - { name: rest",
      "  - { name: middle, weight: 50 }\n  - { name: rest",
    );
    const steps = () => field("rollout stepped", ".spec.steps[*]['name','weight']");
    await kubectl.run("apply -n demo -f -", three);
    expect(await steps()).toBe("first middle rest 10 50 100");
    const strategic = await kubectl.try("apply -n demo -v=8 -f -", three.replace("weight: 50", "weight: 60"));
    expect(strategic.stderr).toContain("application/strategic-merge-patch+json");
    expect(await steps()).toBe("first middle rest 10 60 100");
    await kubectl.run(`patch rollout stepped -n demo -p '{"spec":{"steps":[{"name":"own","weight":5}]}}'`);
    const two = three.replace(/.*name: middle.*\n/, "");
    expect(await kubectl.run("apply -n demo -f -", two)).toBe("rollout.delivery.example.com/stepped configured\n");
    expect(await steps()).toBe("own first rest 5 10 100");
    const free = two.replace(
      "  replicas: 2",
      "  replicas: 2\n  extensions: { a: { b: [1, 2] }, c: x }\n  env: { A: one }",
    );
    await kubectl.run("apply -n demo -f -", free);
    await kubectl.run("apply -n demo -f -", free.replace("b: [1, 2]", "b: [3]").replace("A: one", "B: two"));
    expect(JSON.parse(await field("rollout stepped", ".spec.extensions"))).toEqual({ a: { b: [3] }, c: "x" });
    expect(JSON.parse(await field("rollout stepped", ".spec.env"))).toEqual({ B: "two" });
    expect(await kubectl.edit("s/web:1.0/web:1.3/", "edit rollout stepped -n demo")).toContain("edited");
    expect(await field("rollout stepped", ".spec.image")).toBe("web:1.3");
    await kubectl.run("delete rollout stepped -n demo");
  });

  it("scales", async () => {
    expect(await kubectl.run("scale rollout web -n demo --replicas=5")).toContain("scaled");
    expect(await field("rollout web", ".spec.replicas")).toBe("5");
  });

  it("watches while others write", async () => {
    const watch = kubectl.follow("get rollouts -n demo --watch -o name");
    await watch.until("rollout.delivery.example.com/web");
    await kubectl.run("apply -n demo -f -", ROLLOUT.replace("name: web", "name: second"));
    await watch.until("rollout.delivery.example.com/second");
    watch.stop();
  });

  it("calls the custom subresource", async () => {
    const path = "/apis/delivery.example.com/v1/namespaces/demo/rollouts/web/restart";
    const answer = JSON.parse(await kubectl.run(`create --raw ${path} -f -`, '{"reason":"test"}'));
    expect(answer.spec.restartedAt).toMatch(/^\d{4}-/);
    expect(answer.metadata.annotations["delivery.example.com/restart-reason"]).toBe("test");
    expect(await kubectl.run("get --raw /apis/delivery.example.com/v1")).toContain('"rollouts/restart"');
  });

  it("refuses what is wrong, with every cause", async () => {
    const bad = ROLLOUT.replace("name: web", "name: bad")
      .replace("replicas: 2", "replicas: -1")
      .replace("web:1.0", "WEB");
    const { code, stderr } = await kubectl.try("create -n demo -f -", bad);
    expect(code).toBe(1);
    expect(stderr).toContain('The Rollout "bad" is invalid');
    expect(stderr).toContain("spec.replicas");
    expect(stderr).toContain("spec.image");
    const unknown = await kubectl.try("create -n demo -f -", ROLLOUT.replace("replicas: 2", "replics: 2"));
    expect(unknown.stderr).toContain('unknown field "spec.replics"');
    expect((await kubectl.try("get rollout nope -n demo")).stderr).toBe(
      'Error from server (NotFound): rollouts.delivery.example.com "nope" not found\n',
    );
    expect((await kubectl.try("create configmap x -n nons --from-literal=a=b")).stderr).toContain(
      'namespaces "nons" not found',
    );
  });

  it("dry-runs on the server without storing", async () => {
    expect(await kubectl.run("create configmap dry -n demo --from-literal=a=b --dry-run=server")).toContain(
      "server dry run",
    );
    expect((await kubectl.try("get configmap dry -n demo")).stderr).toContain("NotFound");
  });

  it("keeps every object over kill -9, with its uid and resourceVersion", async () => {
    await kubectl.run("create secret generic keys -n demo --from-literal=a=b");
    const state = () =>
      kubectl.run(
        `get rollouts,configmaps,secrets,namespaces -A -o 'jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {.metadata.resourceVersion};{end}'`,
      );
    const before = await state();
    expect(before).toContain("Rollout web");
    await server.end("SIGKILL");
    await server.restart();
    expect(await state()).toBe(before);
  });

  it("deletes, and waits for finalizers", async () => {
    await kubectl.run(
      `patch rollout second -n demo --type=merge -p '{"metadata":{"finalizers":["example.com/hold"]}}'`,
    );
    await kubectl.run("delete rollout second -n demo --wait=false");
    expect(await field("rollout second", ".metadata.deletionTimestamp")).not.toBe("");
    await kubectl.run(`patch rollout second -n demo --type=merge -p '{"metadata":{"finalizers":null}}'`);
    expect(await kubectl.run("delete rollout web -n demo --wait")).toContain("deleted");
    expect(await kubectl.run("get rollouts -n demo -o name")).toBe("");
    expect(await kubectl.run("delete configmaps --all -n demo")).toBeDefined();
    expect((await kubectl.try("delete namespace kube-system")).stderr).toContain("this namespace may not be deleted");
  });

  it("stops cleanly on SIGTERM", async () => {
    expect(await server.end("SIGTERM")).toEqual({ code: 0, signal: null });
    await server.restart();
  });
});
