import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExampleKubectl } from "./example-kubectl.js";
import { type Kubectl, kubectlMissing } from "./kubectl.js";

const missing = kubectlMissing === undefined ? "" : ` (skipped: ${kubectlMissing})`;

describe.skipIf(kubectlMissing !== undefined)(`stock kubectl deletes owners${missing}`, () => {
  let example: ExampleKubectl;
  let kubectl: Kubectl;

  beforeAll(async () => {
    example = await ExampleKubectl.start();
    ({ kubectl } = example);
  });
  afterAll(() => example.stop());

  /** Makes an owner, and a config map and a secret that are its dependents. */
  async function family(name: string): Promise<void> {
    const spec = { image: "web:1.0" };
    const owner = { apiVersion: "delivery.example.com/v1", kind: "Rollout", metadata: { name }, spec };
    await kubectl.run("create -f -", JSON.stringify(owner));
    const uid = await kubectl.run(`get rollout ${name} -o jsonpath={.metadata.uid}`);
    const { apiVersion, kind } = owner;
    const ownerReferences = [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }];
    for (const kind of ["ConfigMap", "Secret"]) {
      const metadata = { name: `of-${name}`, ownerReferences };
      await kubectl.run("create -f -", JSON.stringify({ apiVersion: "v1", kind, metadata }));
    }
  }
  const gone = (what: string) => kubectl.run(`wait --for=delete ${what} --timeout=30s`);
  const held = async (what: string) =>
    kubectl.run(`patch ${what} --type=merge -p '{"metadata":{"finalizers":["example.com/hold"]}}'`);
  const released = async (what: string) =>
    kubectl.run(`patch ${what} --type=merge -p '{"metadata":{"finalizers":null}}'`);

  it("in the background: the owner goes at once, its dependents after it", async () => {
    await family("back");
    await held("configmap/of-back");
    expect(await kubectl.run("delete rollout back --cascade=background")).toMatch(/^rollout.*"back" deleted/);
    await gone("secret/of-back");
    expect(await kubectl.run("get configmap of-back -o jsonpath={.metadata.deletionTimestamp}")).not.toBe("");
    await released("configmap/of-back");
    await gone("configmap/of-back");
  });

  it("in the foreground: the owner goes when the last dependent has gone", async () => {
    await family("front");
    await held("configmap/of-front");
    const deleted = kubectl.run("delete rollout front --cascade=foreground --timeout=30s");
    await gone("secret/of-front");
    expect(await kubectl.run("get rollout front -o jsonpath={.metadata.finalizers}")).toBe('["foregroundDeletion"]');
    await released("configmap/of-front");
    expect(await deleted).toMatch(/^rollout.*"front" deleted/);
    expect((await kubectl.try("get rollout front")).stderr).toContain("(NotFound)");
    expect((await kubectl.try("get configmap of-front")).stderr).toContain("(NotFound)");
  });

  it("as orphans: the dependents stay and forget their owner", async () => {
    await family("left");
    expect(await kubectl.run("delete rollout left --cascade=orphan")).toMatch(/^rollout.*"left" deleted/);
    expect((await kubectl.try("get rollout left")).stderr).toContain("(NotFound)");
    for (const what of ["configmap", "secret"]) {
      expect(await kubectl.run(`get ${what} of-left -o jsonpath={.metadata.ownerReferences}`)).toBe("");
    }
  });

  it("with a namespace: all that is in it, owners and dependents alike", async () => {
    await family("last");
    expect(await kubectl.run("delete namespace demo --timeout=30s")).toMatch(/^namespace "demo" deleted/);
    expect((await kubectl.try("get namespace demo")).stderr).toContain("(NotFound)");
    expect(await kubectl.run("get rollouts,configmaps,secrets -o name")).toBe("");
  });
});
