import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExampleKubectl } from "./example-kubectl.js";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const ROLLOUT = `apiVersion: delivery.example.com/v1
kind: Rollout
metadata: { name: web, labels: { app: shop } }
spec:
  image: web:1.0
  replicas: 2
  steps:
  - { name: first, weight: 10 }
  - { name: rest, weight: 100 }
`;

/** A config map as a document, with the label that prunes go by. */
function map(name: string, data: { readonly [key: string]: string }): string {
  const metadata = { name, labels: { app: "shop" } };
  return `---\n${JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata, data })}\n`;
}

describe.skipIf(kubectlMissing !== undefined)(`stock kubectl applies (${kubectlMissing ?? "on the client"})`, () => {
  let example: ExampleKubectl;
  let kubectl: Kubectl;

  beforeAll(async () => {
    example = await ExampleKubectl.start();
    ({ kubectl } = example);
  });
  afterAll(() => example.stop());

  const json = async (object: string, path: string): Promise<unknown> => {
    const text = await kubectl.run(`get ${object} -o jsonpath={${path}}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const data = (name: string) => json(`configmap/${name}`, ".data");
  const names = async (what: string) => (await kubectl.run(`get ${what} -o name`)).trim().split("\n").sort();
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(example.folder, name);
    await writeFile(path, text);
    return path;
  };

  it("makes, changes and leaves alone, and takes away what is left out", async () => {
    const first = map("a", { k: "1", gone: "1" }) + map("b", { n: "1" }) + ROLLOUT.replace(/^/, "---\n");
    const told = (verb: string) =>
      `configmap/a ${verb}\nconfigmap/b ${verb}\nrollout.delivery.example.com/web ${verb}\n`;
    expect(await kubectl.run("apply -f -", first)).toBe(told("created"));
    expect(await kubectl.run("apply -f -", first)).toBe(told("unchanged"));
    await kubectl.run(`patch configmap a --type=merge -p '{"data":{"own":"1"}}'`);
    expect(await kubectl.run("apply -f -", map("a", { k: "2" }))).toBe("configmap/a configured\n");
    expect(await data("a")).toEqual({ k: "2", own: "1" });
    const fewer = ROLLOUT.replace(/.*name: first.*\n/, "").replace(/ *replicas.*\n/, "");
    expect(await kubectl.run("apply -f -", fewer)).toBe("rollout.delivery.example.com/web configured\n");
    expect(await json("rollout/web", ".spec")).toMatchObject({
      image: "web:1.0",
      replicas: 1,
      strategy: "Canary",
      steps: [{ name: "rest", weight: 100 }],
    });
  });

  it("tells on a dry run what it would do, and does not do it", async () => {
    const changed = map("a", { k: "3" }) + map("dry", {});
    const said = "configmap/a configured (server dry run)\nconfigmap/dry created (server dry run)\n";
    expect(await kubectl.run("apply --dry-run=server -f -", changed)).toBe(said);
    expect(await data("a")).toEqual({ k: "2", own: "1" });
    expect((await kubectl.try("get configmap dry")).stderr).toContain("(NotFound)");
  });

  it("shows differences by its exit code, and stores nothing", async () => {
    const same = await kubectl.try("diff -f -", map("a", { k: "2" }));
    expect(same).toEqual({ code: 0, stdout: "", stderr: "" });
    const other = await kubectl.try("diff -f -", map("a", { k: "4" }) + map("made", { k: "1" }));
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(/^-\s+k: "2"\n\+\s+k: "4"$/m);
    expect(other.stdout).toMatch(/^\+\s+name: made$/m);
    expect(await data("a")).toEqual({ k: "2", own: "1" });
    const wrong = await kubectl.try("diff -f -", ROLLOUT.replace("replicas: 2", "replicas: -1"));
    expect(wrong.code).toBeGreaterThan(1);
    expect(wrong.stderr).toContain("spec.replicas");
  });

  it("prunes by label what is left out", async () => {
    const prune = "apply --prune -l app=shop --prune-allowlist=core/v1/ConfigMap -f -";
    await kubectl.run("create configmap stranger --from-literal=k=1");
    expect(await kubectl.run(prune, map("a", { k: "2" }))).toBe("configmap/a unchanged\nconfigmap/b pruned\n");
    expect(await names("configmaps")).toEqual(["configmap/a", "configmap/stranger"]);
    expect(await names("rollouts")).toEqual(["rollout.delivery.example.com/web"]);
  });

  it("views, sets and edits what was applied last", async () => {
    expect(await kubectl.run("apply view-last-applied configmap/a -o json").then(JSON.parse)).toMatchObject({
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "demo", labels: { app: "shop" } },
      data: { k: "2" },
    });
    const set = await file("set.yaml", map("stranger", { k: "1", more: "1" }));
    expect((await kubectl.try(`apply set-last-applied -f ${set}`)).stderr).toContain("--create-annotation");
    expect(await kubectl.run(`apply set-last-applied --create-annotation -f ${set}`)).toBe(
      "configmap/stranger configured\n",
    );
    expect(await kubectl.run("apply view-last-applied configmap/stranger")).toContain('more: "1"');
    expect(await data("stranger")).toEqual({ k: "1" });
    const edited = await kubectl.edit("s/more/less/", "apply edit-last-applied configmap/stranger");
    expect(edited).toBe("configmap/stranger edited\n");
    expect(await kubectl.run("apply view-last-applied configmap/stranger")).toContain('less: "1"');
    expect(await data("stranger")).toEqual({ k: "1" });
  });

  it("edits, also what is not valid at first", async () => {
    expect(await kubectl.edit("s/web:1.0/web:1.1/", "edit rollout web")).toBe(
      "rollout.delivery.example.com/web edited\n",
    );
    const idle = await kubectl.try("edit rollout web", "", { KUBE_EDITOR: "true" });
    expect(idle).toMatchObject({ code: 0, stderr: "Edit cancelled, no changes made.\n" });
    // The editor is opened again with what is wrong at the top, and the second time it mends it.
    const mend = "s/replicas: -1/replicas: 3/; t; s/replicas: 1/replicas: -1/";
    expect(await kubectl.edit(mend, "edit rollout web")).toBe("rollout.delivery.example.com/web edited\n");
    expect(await json("rollout/web", ".spec")).toMatchObject({ image: "web:1.1", replicas: 3 });
  });

  it("replaces, and replaces by deleting first", async () => {
    const replaced = await file("replace.yaml", map("a", { only: "1" }));
    expect(await kubectl.run(`replace -f ${replaced}`)).toBe("configmap/a replaced\n");
    expect(await data("a")).toEqual({ only: "1" });
    const uid = await kubectl.run("get configmap a -o jsonpath={.metadata.uid}");
    expect(await kubectl.run(`replace --force -f ${replaced}`)).toMatch(/configmap\/a replaced\n$/);
    expect(await kubectl.run("get configmap a -o jsonpath={.metadata.uid}")).not.toBe(uid);
    const stale = await kubectl.run("get configmap a -o json");
    await kubectl.run("label configmap a seen=yes");
    const refused = await kubectl.try("replace -f -", stale);
    expect(refused.stderr).toContain("the object has been modified; please apply your changes to the latest version");
    const missing = await kubectl.try("replace -f -", map("nobody", {}));
    expect(missing.stderr).toContain('configmaps "nobody" not found');
  });

  it("patches by all types, and says when nothing changes", async () => {
    const steps = () => kubectl.run("get rollout web -o jsonpath={.spec.steps[*].name}");
    await kubectl.run(`patch rollout web -p '{"spec":{"steps":[{"name":"more","weight":50}]}}'`);
    expect(await steps()).toBe("more rest");
    await kubectl.run(`patch rollout web -p '{"spec":{"steps":[{"$patch":"delete","name":"more"}]}}'`);
    expect(await steps()).toBe("rest");
    await kubectl.run(`patch rollout web --type=merge -p '{"spec":{"steps":[{"name":"one","weight":100}]}}'`);
    const test = `[{"op":"test","path":"/spec/steps/0/name","value":"one"},{"op":"add","path":"/spec/steps/0","value":{"name":"zero","weight":2}}]`;
    await kubectl.run(`patch rollout web --type=json -p '${test}'`);
    expect(await steps()).toBe("zero one");
    const failed = await kubectl.try(`patch rollout web --type=json -p '${test}'`);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain("the server rejected our request due to an error in our request");
    const none = await kubectl.run(`patch rollout web --type=merge -p '{"spec":{"image":"web:1.1"}}'`);
    expect(none).toBe("rollout.delivery.example.com/web patched (no change)\n");
    expect(
      await kubectl.run(`patch rollout web --subresource=status --type=merge -p '{"status":{"phase":"Healthy"}}'`),
    ).toBe("rollout.delivery.example.com/web patched\n");
  });

  it("labels, annotates and scales", async () => {
    expect(await kubectl.run("label rollout web tier=front")).toBe("rollout.delivery.example.com/web labeled\n");
    expect((await kubectl.try("label rollout web tier=back")).stderr).toContain("'tier' already has a value (front)");
    expect(await kubectl.run("label rollout web tier=back --overwrite")).toContain("labeled");
    expect(await kubectl.run("label rollout web tier-")).toContain("unlabeled");
    expect(await kubectl.run("annotate rollout --all note=seen")).toContain("annotated");
    expect(await kubectl.run("annotate rollout web note-")).toContain("annotated");
    expect(await kubectl.run("scale rollout web --replicas=7")).toBe("rollout.delivery.example.com/web scaled\n");
    const precondition = await kubectl.try("scale rollout web --replicas=8 --current-replicas=6");
    expect(precondition.stderr).toContain("Expected replicas to be 6, was 7");
    expect(await json("rollout/web", ".spec.replicas")).toBe(7);
  });

  it("deletes by name, file, label and all, waits for it, and names what is not there", async () => {
    await kubectl.run("apply -f -", ["d1", "d2", "d3", "d4"].map((name) => map(name, {})).join(""));
    expect(await kubectl.run("delete configmap d1")).toMatch(/^configmap "d1" deleted/);
    const d2 = await file("d2.yaml", map("d2", {}));
    expect(await kubectl.run(`delete -f ${d2}`)).toMatch(/^configmap "d2" deleted/);
    expect((await kubectl.try(`delete -f ${d2}`)).stderr).toContain('configmaps "d2" not found');
    expect(await kubectl.run(`delete -f ${d2} --ignore-not-found`)).toBe("");
    await kubectl.run("label configmap d3 going=yes");
    expect(await kubectl.run("delete configmap -l going=yes --dry-run=server")).toMatch(
      /"d3" deleted.*\(server dry run\)/,
    );
    expect(await kubectl.run("delete configmap -l going=yes")).toMatch(/^configmap "d3" deleted/);
    await kubectl.run(`patch configmap d4 --type=merge -p '{"metadata":{"finalizers":["example.com/hold"]}}'`);
    const gone = kubectl.run("wait configmap/d4 --for=delete --timeout=30s");
    expect(await kubectl.run("delete configmap --all --wait=false")).toMatch(/^configmap "a" deleted/);
    expect(await names("configmaps")).toEqual(["configmap/d4"]);
    await kubectl.run(`patch configmap d4 --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'`);
    expect(await gone).toBe("configmap/d4 condition met\n");
  });

  it("deletes a namespace with all that is in it", async () => {
    const inside = new Kubectl(example.server.kubeconfig, join(example.folder, "cache"), "leaving");
    await kubectl.run("create namespace leaving");
    await inside.run("apply -f -", map("inside", {}) + ROLLOUT.replace(/^/, "---\n"));
    expect(await kubectl.run("delete namespace leaving --timeout=30s")).toMatch(/^namespace "leaving" deleted/);
    expect((await kubectl.try("get namespace leaving")).stderr).toContain("(NotFound)");
  });
});
