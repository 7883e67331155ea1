import type { ManagedFieldsEntry } from "@quarterdeck/meta";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExampleKubectl } from "./example-kubectl.js";
import { type Kubectl, kubectlMissing } from "./kubectl.js";

const ROLLOUT = `---
apiVersion: delivery.example.com/v1
kind: Rollout
metadata: { name: web }
spec:
  image: web:1.0
  steps:
  - { name: first, weight: 10 }
  - { name: rest, weight: 100 }
`;

function map(name: string, data: { readonly [key: string]: string }): string {
  return `---\n${JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data })}\n`;
}

const title = `stock kubectl applies (${kubectlMissing ?? "on the server"})`;

describe.skipIf(kubectlMissing !== undefined)(title, () => {
  let example: ExampleKubectl;
  let kubectl: Kubectl;

  beforeAll(async () => {
    example = await ExampleKubectl.start();
    ({ kubectl } = example);
  });
  afterAll(() => example.stop());

  const data = async (name: string): Promise<unknown> =>
    JSON.parse(await kubectl.run(`get configmap/${name} -o jsonpath={.data}`));
  /** Who owns what, as `manager operation`: fields. */
  const owners = async (object: string): Promise<{ readonly [who: string]: unknown }> => {
    const text = await kubectl.run(`get ${object} --show-managed-fields -o jsonpath={.metadata.managedFields}`);
    const entries: readonly ManagedFieldsEntry[] = JSON.parse(text);
    return Object.fromEntries(entries.map(({ manager, operation, fieldsV1 }) => [`${manager} ${operation}`, fieldsV1]));
  };

  it("makes, changes, takes away, and shows who owns what only when asked", async () => {
    const both = map("a", { k: "1", gone: "1" }) + ROLLOUT;
    const said = "configmap/a serverside-applied\nrollout.delivery.example.com/web serverside-applied\n";
    expect(await kubectl.run("apply --server-side -f -", both)).toBe(said);
    expect(await kubectl.run("apply --server-side -f -", both)).toBe(said);
    expect(await owners("configmap/a")).toEqual({ "kubectl Apply": { "f:data": { "f:gone": {}, "f:k": {} } } });
    expect(await kubectl.run("get configmap a -o yaml")).not.toContain("managedFields");
    expect(await kubectl.run("get configmap a -o yaml --show-managed-fields")).toContain("  managedFields:\n");
    await kubectl.run(`patch configmap a --type=merge -p '{"data":{"own":"1"}}'`);
    await kubectl.run("apply --server-side -f -", map("a", { k: "2" }));
    expect(await data("a")).toEqual({ k: "2", own: "1" });
    expect(await owners("configmap/a")).toEqual({
      "kubectl Apply": { "f:data": { "f:k": {} } },
      "kubectl-patch Update": { "f:data": { "f:own": {} } },
    });
  });

  it("merges lists by their keys", async () => {
    await kubectl.run(`patch rollout web -p '{"spec":{"steps":[{"name":"own","weight":5}]}}'`);
    await kubectl.run("apply --server-side -f -", ROLLOUT.replace(/.*name: first.*\n/, ""));
    const names = (await kubectl.run("get rollout web -o jsonpath={.spec.steps[*].name}")).split(" ").sort();
    expect(names).toEqual(["own", "rest"]);
    expect(await owners("rollout/web")).toMatchObject({
      "kubectl Apply": { "f:spec": { "f:steps": { 'k:{"name":"rest"}': { ".": {}, "f:name": {}, "f:weight": {} } } } },
    });
  });

  it("refuses what others own, says how to go on, and takes it by force", async () => {
    await kubectl.run("apply --server-side --field-manager=first -f -", map("c", { k: "1", l: "1" }));
    const refused = await kubectl.try("apply --server-side --field-manager=second -f -", map("c", { k: "2", l: "2" }));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      'error: Apply failed with 2 conflicts: conflicts with "first":\n- .data.k\n- .data.l\nPlease review the fields above',
    );
    expect(refused.stderr).toContain("--force-conflicts");
    expect(await data("c")).toEqual({ k: "1", l: "1" });
    await kubectl.run("apply --server-side --field-manager=second -f -", map("c", { l: "1" }));
    expect(Object.keys(await owners("configmap/c")).sort()).toEqual(["first Apply", "second Apply"]);
    const force = "apply --server-side --field-manager=second --force-conflicts -f -";
    expect(await kubectl.run(force, map("c", { k: "2" }))).toBe("configmap/c serverside-applied\n");
    expect(await data("c")).toEqual({ k: "2", l: "1" });
    expect(await owners("configmap/c")).toEqual({
      "first Apply": { "f:data": { "f:l": {} } },
      "second Apply": { "f:data": { "f:k": {} } },
    });
    const single = await kubectl.try("apply --server-side --field-manager=first -f -", map("c", { k: "3" }));
    expect(single.stderr).toContain('error: Apply failed with 1 conflict: conflict with "second": .data.k\n');
  });

  it("refuses what updates own, whoever made them", async () => {
    await kubectl.run("create configmap made --from-literal=k=1");
    const refused = await kubectl.try("apply --server-side -f -", map("made", { k: "2" }));
    expect(refused.stderr).toContain('conflict with "kubectl-create" using v1: .data.k');
    const status = await kubectl.try("apply --server-side --subresource=status -f -", ROLLOUT);
    expect(status.code).toBe(0);
    await kubectl.run("label rollout web tier=front");
    const labelled = ROLLOUT.replace("{ name: web }", "{ name: web, labels: { tier: back } }");
    expect((await kubectl.try("apply --server-side -f -", labelled)).stderr).toContain(
      'conflict with "kubectl-label" using delivery.example.com/v1: .metadata.labels.tier',
    );
    const replicas = (count: number) => ROLLOUT.replace("  steps:", `  replicas: ${count}\n  steps:`);
    await kubectl.run("apply --server-side -f -", replicas(2));
    await kubectl.run("scale rollout web --replicas=4");
    const scaled = await kubectl.try("apply --server-side -f -", replicas(2));
    expect(scaled.stderr).toContain('conflict with "kubectl" with subresource "scale" using delivery.example.com/v1');
    expect(scaled.stderr).toContain(": .spec.replicas\n");
  });

  it("dry-runs and shows differences without storing anything", async () => {
    const before = await kubectl.run("get configmap a -o jsonpath={.metadata.resourceVersion}");
    const dry = await kubectl.run("apply --server-side --dry-run=server -f -", map("a", { k: "9" }) + map("new", {}));
    expect(dry).toBe(
      "configmap/a serverside-applied (server dry run)\nconfigmap/new serverside-applied (server dry run)\n",
    );
    expect(await kubectl.try("diff --server-side -f -", map("a", { k: "2" }))).toMatchObject({ code: 0, stdout: "" });
    const different = await kubectl.try("diff --server-side -f -", map("a", { k: "9" }));
    expect(different.code).toBe(1);
    expect(different.stdout).toMatch(/^-\s+k: "2"\n\+\s+k: "9"$/m);
    const conflict = await kubectl.try("diff --server-side --field-manager=second -f -", map("a", { k: "9" }));
    expect(conflict.code).toBeGreaterThan(1);
    expect(conflict.stderr).toContain("Apply failed with 1 conflict");
    expect(await kubectl.run("get configmap a -o jsonpath={.metadata.resourceVersion}")).toBe(before);
  });

  it("takes over what was applied on the client, and lets it go again", async () => {
    await kubectl.run("apply -f -", map("moved", { k: "1", gone: "1" }));
    expect(Object.keys(await owners("configmap/moved"))).toEqual(["kubectl-client-side-apply Update"]);
    await kubectl.run("apply --server-side -f -", map("moved", { k: "2", gone: "1" }));
    // The annotation of the client is kept up to date by a manager of its own.
    expect(Object.keys(await owners("configmap/moved")).sort()).toEqual([
      "kubectl Apply",
      "kubectl-last-applied Apply",
    ]);
    await kubectl.run("apply --server-side -f -", map("moved", { k: "2" }));
    expect(await data("moved")).toEqual({ k: "2" });
    expect(await kubectl.run("apply -f -", map("moved", { k: "3" }))).toBe("configmap/moved configured\n");
    expect(await data("moved")).toEqual({ k: "3" });
  });

  it("moves to another manager by force and keeps working", async () => {
    await kubectl.run("apply --server-side --field-manager=old -f -", map("handed", { k: "1", l: "1" }));
    await kubectl.run("apply --server-side --field-manager=new --force-conflicts -f -", map("handed", { k: "1" }));
    await kubectl.run("apply --server-side --field-manager=old -f -", map("handed", {}));
    expect(await data("handed")).toEqual({ k: "1" });
    expect(Object.keys(await owners("configmap/handed")).sort()).toEqual(["new Apply", "old Apply"]);
  });

  it("prunes by an apply set", async () => {
    const alpha = { KUBECTL_APPLYSET: "true" };
    const apply = "apply --prune --applyset=parts -f -";
    await kubectl.run("create configmap stranger --from-literal=k=1");
    expect(await kubectl.run(apply, map("one", {}) + map("two", {}) + ROLLOUT.replace("web", "set"), alpha)).toContain(
      "two",
    );
    const pruned = await kubectl.run(apply, map("one", {}), alpha);
    expect(pruned).toContain("configmap/two pruned");
    expect(pruned).toContain("rollout.delivery.example.com/set pruned");
    const server = `apply --server-side --prune --applyset=parts -f -`;
    expect(await kubectl.run(server, map("one", {}) + map("three", {}), alpha)).toContain(
      "configmap/three serverside-applied",
    );
    expect(await kubectl.run("get configmaps -o name")).not.toContain("configmap/two");
    expect(await kubectl.run("get configmaps -o name")).toContain("configmap/stranger");
    expect((await kubectl.try("get rollout set")).stderr).toContain("NotFound");
  });

  it("edits and replaces without losing who owns what", async () => {
    await kubectl.edit('s/k: "2"/k: "5"/', "edit configmap a");
    expect(await owners("configmap/a")).toMatchObject({ "kubectl-edit Update": { "f:data": { "f:k": {} } } });
    const json = await kubectl.run("get configmap a -o json --show-managed-fields");
    expect(await kubectl.run("replace -f -", json.replace('"5"', '"6"'))).toBe("configmap/a replaced\n");
    expect(await owners("configmap/a")).toMatchObject({ "kubectl-replace Update": { "f:data": { "f:k": {} } } });
    const refused = await kubectl.try("apply --server-side -f -", map("a", { k: "2" }));
    expect(refused.stderr).toContain('conflict with "kubectl-replace" using v1: .data.k');
  });
});
