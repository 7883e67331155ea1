import { type KubeObject, missingRules, rulesOf } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { makeRbac } from "../rbac.fixture.js";
import { bootstrapPolicy } from "./bootstrap-policy.js";
import { AUTOUPDATE } from "./policy-object.js";

function existing(kind: string, name: string): KubeObject {
  const found = bootstrapPolicy().find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return structuredClone(found);
}

async function startedWith(object: KubeObject): Promise<{ after: KubeObject | undefined; writes: number }> {
  const { rbac, client, listers } = makeRbac([object], true);
  await rbac.start();
  const { name = "" } = object.metadata;
  const after = (object.kind === "ClusterRole" ? listers.clusterroles : listers.clusterrolebindings).get(name);
  return { after, writes: client.writes };
}

describe("the default policy", () => {
  it("binds roles that it has, and says every rule whole", () => {
    const policy = bootstrapPolicy();
    const roles = new Set(policy.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""} ${metadata.name}`));
    for (const { kind, metadata, roleRef } of policy) {
      if (!kind.endsWith("Binding")) continue;
      const { kind: roleKind, name } = Object(roleRef);
      expect(roles).toContain(`${roleKind} ${roleKind === "Role" ? metadata.namespace : ""} ${name}`);
    }
    for (const rule of policy.flatMap(rulesOf)) {
      expect(rule.verbs.length).toBeGreaterThan(0);
      expect(rule.apiGroups.length > 0 && rule.resources.length > 0).toBe(rule.nonResourceURLs.length === 0);
      for (const text of Object.values(rule).flat()) expect(text).not.toMatch(/[\s,]|^core$/);
    }
  });

  it("gives those without a name health and version alone", () => {
    const bindings = bootstrapPolicy().filter(({ subjects }) =>
      JSON.stringify(subjects)?.includes("system:unauthenticated"),
    );
    expect(bindings.map(({ metadata }) => metadata.name)).toEqual(["system:public-info-viewer"]);
    expect(rulesOf(existing("ClusterRole", "system:public-info-viewer"))).toEqual([
      {
        verbs: ["get"],
        apiGroups: [],
        resources: [],
        resourceNames: [],
        nonResourceURLs: ["/healthz", "/livez", "/readyz", "/version", "/version/"],
      },
    ]);
  });

  it("is written once", async () => {
    const { rbac, client } = makeRbac([], true);
    await rbac.start();
    expect(client.writes).toBe(bootstrapPolicy().length);
    await rbac.start();
    expect(client.writes).toBe(bootstrapPolicy().length);
  });
});

describe("what is there of it", () => {
  const others = bootstrapPolicy().length - 1;

  it("gets the rules that it lacks, and keeps those that it has besides", async () => {
    const before = existing("ClusterRole", "system:kube-dns");
    before.rules = [{ verbs: ["list"], apiGroups: [""], resources: ["services", "pods"] }];
    const { after = before, writes } = await startedWith(before);
    expect(writes).toBe(others + 1);
    expect(after.rules).toEqual([
      { verbs: ["list"], apiGroups: [""], resources: ["services", "pods"] },
      { verbs: ["list"], apiGroups: [""], resources: ["endpoints"] },
      { verbs: ["watch"], apiGroups: [""], resources: ["endpoints"] },
      { verbs: ["watch"], apiGroups: [""], resources: ["services"] },
    ]);
    expect(missingRules(rulesOf(after), rulesOf(existing("ClusterRole", "system:kube-dns")))).toEqual([]);
  });

  it("gets the subjects that it lacks", async () => {
    const before = existing("ClusterRoleBinding", "cluster-admin");
    before.subjects = [{ kind: "User", apiGroup: "rbac.authorization.k8s.io", name: "root" }];
    expect((await startedWith(before)).after?.subjects).toEqual([
      { kind: "User", apiGroup: "rbac.authorization.k8s.io", name: "root" },
      { kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: "system:masters" },
    ]);
  });

  it("is made anew when it binds another role", async () => {
    const before = existing("ClusterRoleBinding", "system:discovery");
    before.roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" };
    expect((await startedWith(before)).after?.roleRef).toMatchObject({ name: "system:discovery" });
  });

  it("is left alone when it is annotated so", async () => {
    const before = existing("ClusterRoleBinding", "system:discovery");
    before.metadata.annotations = { [AUTOUPDATE]: "false" };
    before.subjects = [];
    const { after, writes } = await startedWith(before);
    expect([after?.subjects, writes]).toEqual([[], others]);
  });

  it("keeps the rules that were gathered, and is gathered when it was not", async () => {
    const gathered = existing("ClusterRole", "view");
    gathered.rules = [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }];
    expect((await startedWith(gathered)).writes).toBe(others);
    const plain = existing("ClusterRole", "view");
    const { aggregationRule } = plain;
    delete plain.aggregationRule;
    plain.rules = [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }];
    const { after } = await startedWith(plain);
    expect(after).toMatchObject({ aggregationRule });
    expect(after).not.toHaveProperty("rules");
  });

  it("gets its label back", async () => {
    const before = existing("ClusterRole", "edit");
    before.metadata.labels = { mine: "yes" };
    expect((await startedWith(before)).after?.metadata.labels).toEqual({
      mine: "yes",
      "kubernetes.io/bootstrapping": "rbac-defaults",
      "rbac.authorization.k8s.io/aggregate-to-admin": "true",
    });
  });
});
