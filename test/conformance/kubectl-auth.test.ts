import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ServerProcess } from "../process/server-process.js";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const POLICY = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reconciled, namespace: demo }
rules:
- { apiGroups: [""], resources: [configmaps], verbs: [get] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reconciled, namespace: demo }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reconciled }
subjects:
- { kind: ServiceAccount, name: robot, namespace: demo }
`;

describe("stock kubectl and roles", () => {
  if (kubectlMissing !== undefined) {
    it.skip(`(skipped: ${kubectlMissing})`, () => {});
    return;
  }
  let server: ServerProcess;
  let kubectl: Kubectl;

  beforeAll(async () => {
    server = await ServerProcess.start();
    kubectl = new Kubectl(server.kubeconfig, join(server.folder, "kubectl-cache"));
    await kubectl.run("create namespace demo");
  });
  afterAll(() => server?.dispose());

  it("tells who one is, and who one acts as", async () => {
    expect(await kubectl.run("auth whoami")).toMatch(
      /Username\s+kubernetes-admin\nGroups\s+\[system:masters system:auth/,
    );
    const other = await kubectl.run("auth whoami --as alice --as-group devs -o jsonpath={.status.userInfo}");
    expect(JSON.parse(other)).toEqual({ username: "alice", groups: ["devs", "system:authenticated"] });
  });

  it("makes roles and bindings, and what they say holds for those whom one acts as", async () => {
    await kubectl.run("create role reader -n demo --verb get,list --resource configmaps,rollouts.delivery.example.com");
    await kubectl.run(
      "create rolebinding readers -n demo --role reader --group devs --user bob --serviceaccount demo:robot",
    );
    await kubectl.run("create clusterrole prober --verb get --non-resource-url /metrics,/debug/*");
    await kubectl.run("create clusterrolebinding probers --clusterrole prober --user bob");
    expect(await kubectl.run("get configmaps -n demo --as alice --as-group devs")).toBe("");
    const refused = await kubectl.try("get secrets -n demo --as alice --as-group devs");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      'Error from server (Forbidden): secrets is forbidden: User "alice" cannot list resource "secrets" in API group "" in the namespace "demo"',
    );
    expect(await kubectl.run("get --raw /metrics --as bob")).toContain("# TYPE");
    expect((await kubectl.try("get --raw /metrics --as alice")).code).toBe(1);
  });

  it("asks what may be done", async () => {
    const canI = async (question: string): Promise<string> => {
      const { stdout, code } = await kubectl.try(`auth can-i ${question}`);
      return `${stdout.trim()} ${code}`;
    };
    expect(await canI("'*' '*'")).toBe("yes 0");
    expect(await canI("list configmaps -n demo --as bob")).toBe("yes 0");
    expect(await canI("list rollouts.delivery.example.com -n demo --as x --as-group devs")).toBe("yes 0");
    expect(await canI("list configmaps -n default --as bob")).toBe("no 1");
    expect(await canI("delete configmaps -n demo --as bob")).toBe("no 1");
    expect(await canI("get /debug/a --as bob")).toBe("yes 0");
    expect(await canI("get /debug/a --as alice")).toBe("no 1");
    expect(await canI("get configmaps -n demo --as system:serviceaccount:demo:robot")).toBe("yes 0");
    const list = await kubectl.run("auth can-i --list -n demo --as bob");
    expect(list).toMatch(/^configmaps\s+\[\]\s+\[\]\s+\[get list\]$/m);
    expect(list).toMatch(/^rollouts\.delivery\.example\.com\s+\[\]\s+\[\]\s+\[get list\]$/m);
    expect(list).toMatch(/^\s+\[\/metrics\]\s+\[\]\s+\[get\]$/m);
    expect(list).toMatch(/^selfsubjectaccessreviews\.authorization\.k8s\.io\s+\[\]\s+\[\]\s+\[create\]$/m);
    expect(await kubectl.run("auth can-i --list")).toMatch(/^\*\.\*\s+\[\]\s+\[\]\s+\[\*\]$/m);
  });

  it("reconciles roles from a file", async () => {
    const file = join(server.folder, "policy.yaml");
    await writeFile(file, POLICY);
    expect(await kubectl.run(`auth reconcile -f ${file}`)).toBe(
      "role.rbac.authorization.k8s.io/reconciled reconciled\nrolebinding.rbac.authorization.k8s.io/reconciled reconciled\n",
    );
    await kubectl.run("patch role reconciled -n demo --type merge -p '{\"rules\":[]}'");
    await kubectl.run(`auth reconcile -f ${file}`);
    expect(await kubectl.run("get role reconciled -n demo -o jsonpath={.rules}")).toBe(
      '[{"apiGroups":[""],"resources":["configmaps"],"verbs":["get"]}]',
    );
    expect(await kubectl.run("auth can-i get configmaps -n demo --as system:serviceaccount:demo:robot")).toBe("yes\n");
  });

  it("shows and describes them", async () => {
    expect(await kubectl.run("get rolebindings -n demo -o wide")).toMatch(
      /^NAME\s+ROLE\s+AGE\s+USERS\s+GROUPS\s+SERVICEACCOUNTS\n(.*\n)*readers\s+Role\/reader\s+\d+s\s+bob\s+devs\s+demo\/robot$/m,
    );
    expect(await kubectl.run("get role reader -n demo")).toMatch(
      /^NAME\s+CREATED AT\nreader\s+\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/m,
    );
    expect(await kubectl.run("describe clusterrole prober")).toMatch(/\[\/debug\/\*\]\s+\[\]\s+\[get\]/);
    expect(await kubectl.run("describe clusterrolebinding cluster-admin")).toMatch(/Group\s+system:masters/);
  });

  it("lets nobody give themselves more", async () => {
    await kubectl.run("create clusterrole granter --verb '*' --resource clusterrolebindings.rbac.authorization.k8s.io");
    await kubectl.run("create clusterrolebinding granter --clusterrole granter --user mallory");
    const take = "create clusterrolebinding mine --clusterrole cluster-admin --user mallory --as mallory";
    const { code, stderr } = await kubectl.try(take);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'clusterrolebindings.rbac.authorization.k8s.io "mine" is forbidden: user "mallory" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:',
    );
    await kubectl.run(
      "create clusterrole binder --verb bind --resource clusterroles.rbac.authorization.k8s.io --resource-name view",
    );
    await kubectl.run("create clusterrolebinding binder --clusterrole binder --user mallory");
    await kubectl.run("create clusterrolebinding theirs --clusterrole view --user eve --as mallory");
    expect(await kubectl.run("auth can-i list configmaps -A --as eve")).toBe("yes\n");
  });

  it("gathers rules by label", async () => {
    await kubectl.run("create clusterrole site --aggregation-rule site=yes");
    await kubectl.run("create clusterrole part --verb get --resource secrets");
    await kubectl.run("label clusterrole part site=yes");
    const rules = () => kubectl.run("get clusterrole site -o jsonpath={.rules}");
    await expect.poll(rules, { timeout: 20_000 }).toBe('[{"apiGroups":[""],"resources":["secrets"],"verbs":["get"]}]');
  });
});
