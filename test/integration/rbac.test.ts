import type { KubeObject } from "@quarterdeck/meta";
import { type ClientCertificate, startTestServer, type TestResponse, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const DEFAULT = "/api/v1/namespaces/default";
const apiVersion = "rbac.authorization.k8s.io/v1";
const apiGroup = "rbac.authorization.k8s.io";

let server: TestServer;
let alice: ClientCertificate;
let bob: ClientCertificate;

beforeAll(async () => {
  server = await startTestServer({ config: { authorization: ["rbac"] } });
  alice = await server.certificateOf("alice", ["devs"]);
  bob = await server.certificateOf("bob", []);
});
afterAll(() => server.stop());

type As = ClientCertificate | "admin" | "anonymous";

async function status(path: string, as: As): Promise<number> {
  return (await server.request(path, { as })).status;
}

function post(path: string, body: object, as: As = "admin"): Promise<TestResponse> {
  return server.request(path, { method: "POST", body, as });
}

async function make(path: string, body: object): Promise<void> {
  const answer = await post(path, body);
  expect([answer.status, answer.status === 201 ? "" : answer.text()]).toEqual([201, ""]);
}

function role(name: string, rules: object[]): object {
  return { apiVersion, kind: "Role", metadata: { name }, rules };
}

function clusterRole(name: string, rules: object[], more: object = {}, labels: object = {}): object {
  return { apiVersion, kind: "ClusterRole", metadata: { name, labels }, rules, ...more };
}

function binding(kind: string, name: string, roleKind: string, roleName: string, subjects: object[]): object {
  return { apiVersion, kind, metadata: { name }, roleRef: { apiGroup, kind: roleKind, name: roleName }, subjects };
}

const user = (name: string) => ({ kind: "User", name });
const group = (name: string) => ({ kind: "Group", name });

describe("a server with rbac alone", () => {
  it("is ready with upstream's default roles and bindings", async () => {
    const names = async (resource: string): Promise<string[]> =>
      (await server.request(`${RBAC}/${resource}`))
        .json<{ items: KubeObject[] }>()
        .items.map(({ metadata }) => `${metadata.namespace ?? ""}/${metadata.name}`);
    const clusterRoles = await names("clusterroles");
    expect(clusterRoles).toEqual(expect.arrayContaining(["/admin", "/cluster-admin", "/edit", "/system:discovery"]));
    expect(clusterRoles).toHaveLength(69);
    expect(await names("clusterrolebindings")).toHaveLength(50);
    expect(await names("roles")).toHaveLength(7);
    expect(await names("rolebindings")).toContain("kube-system/system::leader-locking-kube-scheduler");
    expect((await server.request(`${RBAC}/clusterroles/system:kube-dns`)).json()).toMatchObject({
      metadata: {
        labels: { "kubernetes.io/bootstrapping": "rbac-defaults" },
        annotations: { "rbac.authorization.kubernetes.io/autoupdate": "true" },
      },
      rules: [{ verbs: ["list", "watch"], apiGroups: [""], resources: ["endpoints", "services"] }],
    });
  });

  it("lets the admin do everything", async () => {
    expect(await status("/metrics", "admin")).toBe(200);
    expect(await status(`${DEFAULT}/secrets`, "admin")).toBe(200);
  });

  it("lets nobody without a name do more than ask for health and version", async () => {
    for (const path of ["/healthz", "/livez", "/readyz", "/version"]) expect(await status(path, "anonymous")).toBe(200);
    for (const path of ["/", "/api", "/apis", "/openapi/v2", "/metrics", "/healthz/ping", "/api/v1/namespaces", RBAC])
      expect([path, await status(path, "anonymous")]).toEqual([path, 403]);
    const review = { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectAccessReview" };
    expect((await post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review, "anonymous")).status).toBe(
      403,
    );
  });

  it("lets users without roles discover, and ask what they may do", async () => {
    for (const path of ["/api", "/apis", "/apis/rbac.authorization.k8s.io/v1", "/openapi/v2", "/version"])
      expect([path, await status(path, bob)]).toEqual([path, 200]);
    for (const path of ["/metrics", "/api/v1/namespaces", `${DEFAULT}/configmaps`])
      expect([path, await status(path, bob)]).toEqual([path, 403]);
    const review = { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", spec: { namespace: "x" } };
    const answer = await post("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", review, bob);
    expect(answer.json()).toMatchObject({
      status: {
        incomplete: false,
        resourceRules: expect.arrayContaining([
          {
            verbs: ["create"],
            apiGroups: ["authorization.k8s.io"],
            resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
          },
        ]),
        nonResourceRules: expect.arrayContaining([expect.objectContaining({ verbs: ["get"] })]),
      },
    });
  });
});

describe("roles", () => {
  it("hold in the namespace of their binding, from the next request on, and no longer than that", async () => {
    const read = { verbs: ["get", "list"], apiGroups: [""], resources: ["configmaps"] };
    await make(`${RBAC}/namespaces/default/roles`, role("reader", [read]));
    const bound = binding("RoleBinding", "readers", "Role", "reader", [group("devs")]);
    await make(`${RBAC}/namespaces/default/rolebindings`, bound);
    expect(await status(`${DEFAULT}/configmaps`, alice)).toBe(200);
    expect(await status(`${DEFAULT}/configmaps`, bob)).toBe(403);
    expect(await status("/api/v1/namespaces/kube-system/configmaps", alice)).toBe(403);
    expect(await status("/api/v1/configmaps", alice)).toBe(403);
    expect(await status(`${DEFAULT}/configmaps?watch=1`, alice)).toBe(403);
    expect((await post(`${DEFAULT}/configmaps`, { metadata: { name: "x" } }, alice)).json()).toMatchObject({
      code: 403,
      message:
        'configmaps is forbidden: User "alice" cannot create resource "configmaps" in API group "" in the namespace "default"',
    });
    await server.request(`${RBAC}/namespaces/default/rolebindings/readers`, { method: "DELETE" });
    expect(await status(`${DEFAULT}/configmaps`, alice)).toBe(403);
  });

  it("may be about names, which lists need to select", async () => {
    const one = {
      verbs: ["get", "list", "watch", "create"],
      apiGroups: [""],
      resources: ["secrets"],
      resourceNames: ["mine"],
    };
    await make(`${RBAC}/namespaces/default/roles`, role("mine", [one]));
    await make(
      `${RBAC}/namespaces/default/rolebindings`,
      binding("RoleBinding", "mine", "Role", "mine", [user("bob")]),
    );
    expect(await status(`${DEFAULT}/secrets/mine`, bob)).toBe(404);
    expect(await status(`${DEFAULT}/secrets/other`, bob)).toBe(403);
    expect(await status(`${DEFAULT}/secrets`, bob)).toBe(403);
    expect(await status(`${DEFAULT}/secrets?fieldSelector=metadata.name%3Dmine`, bob)).toBe(200);
    expect(await status(`${DEFAULT}/secrets?fieldSelector=metadata.name%3Dother`, bob)).toBe(403);
    const made = await post(
      `${DEFAULT}/secrets`,
      { apiVersion: "v1", kind: "Secret", metadata: { name: "mine" } },
      bob,
    );
    expect(made.status).toBe(403);
  });

  it("that bindings name and that are not there are told", async () => {
    const lost = binding("ClusterRoleBinding", "lost", "ClusterRole", "nowhere", [user("carol")]);
    await make(`${RBAC}/clusterrolebindings`, lost);
    const carol = await server.certificateOf("carol");
    expect((await server.request(`${DEFAULT}/secrets`, { as: carol })).json()).toMatchObject({
      message: expect.stringMatching(
        /in the namespace "default": RBAC: clusterrole.rbac.authorization.k8s.io "nowhere" not found$/,
      ),
    });
  });

  it.each([
    ["roles", role("bad", [{ apiGroups: [""], resources: ["pods"] }]), "rules[0].verbs: Required value"],
    [
      "roles",
      role("bad", [{ verbs: ["get"], nonResourceURLs: ["/x"] }]),
      'rules[0].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs',
    ],
    [
      "roles",
      role("bad", [{ verbs: ["get"] }]),
      "[rules[0].apiGroups: Required value: resource rules must supply at least one api group, rules[0].resources: Required value: resource rules must supply at least one resource]",
    ],
    [
      "rolebindings",
      binding("RoleBinding", "bad", "Pod", "x", []),
      'roleRef.kind: Unsupported value: "Pod": supported values: "Role", "ClusterRole"',
    ],
    [
      "rolebindings",
      binding("RoleBinding", "bad", "Role", "x", [{ kind: "Robot", name: "r2" }]),
      'subjects[0].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"',
    ],
    ["rolebindings", binding("RoleBinding", "bad", "Role", "", []), "roleRef.name: Required value"],
  ])("that are wrong are refused: %s %#", async (resource, body, message) => {
    const answer = await post(`${RBAC}/namespaces/default/${resource}`, body);
    expect(answer.status).toBe(422);
    expect(answer.json<{ message: string }>().message).toMatch(
      /^Role(Binding)?\.rbac\.authorization\.k8s\.io "bad" is invalid: /,
    );
    expect(answer.json<{ message: string }>().message.split(" is invalid: ")[1]).toBe(message);
  });

  it("stay bound to what they were bound to", async () => {
    const path = `${RBAC}/clusterrolebindings`;
    await make(path, binding("ClusterRoleBinding", "kept", "ClusterRole", "view", [user("dora")]));
    const body = binding("ClusterRoleBinding", "kept", "ClusterRole", "cluster-admin", [user("dora")]);
    const answer = await server.request(`${path}/kept`, { method: "PUT", body });
    expect(answer.status).toBe(422);
    expect(answer.text()).toContain("field is immutable");
  });
});

describe("whoever writes roles", () => {
  let editor: ClientCertificate;
  const all = ["get", "list", "create", "update", "patch", "delete"];
  beforeAll(async () => {
    editor = await server.certificateOf("editor");
    const write = { verbs: all, apiGroups: [apiGroup], resources: ["*"] };
    const read = { verbs: ["get", "list"], apiGroups: [""], resources: ["configmaps"] };
    await make(`${RBAC}/clusterroles`, clusterRole("editor", [write, read]));
    const bound = binding("ClusterRoleBinding", "editor", "ClusterRole", "editor", [user("editor")]);
    await make(`${RBAC}/clusterrolebindings`, bound);
  });

  it("gives what they hold", async () => {
    const rule = { verbs: ["get"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["a"] };
    expect((await post(`${RBAC}/clusterroles`, clusterRole("held", [rule]), editor)).status).toBe(201);
    const bound = binding("RoleBinding", "held", "ClusterRole", "held", [user("x")]);
    expect((await post(`${RBAC}/namespaces/default/rolebindings`, bound, editor)).status).toBe(201);
  });

  it("gives no more than they hold", async () => {
    const rule = { verbs: ["get", "delete"], apiGroups: [""], resources: ["secrets", "configmaps"] };
    const answer = await post(`${RBAC}/clusterroles`, clusterRole("more", [rule]), editor);
    expect(answer.json()).toMatchObject({
      code: 403,
      message:
        'clusterroles.rbac.authorization.k8s.io "more" is forbidden: user "editor" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n' +
        '{APIGroups:[""], Resources:["configmaps"], Verbs:["delete"]}\n' +
        '{APIGroups:[""], Resources:["secrets"], Verbs:["get" "delete"]}',
    });
    const bound = binding("ClusterRoleBinding", "more", "ClusterRole", "cluster-admin", [user("editor")]);
    const refused = await post(`${RBAC}/clusterrolebindings`, bound, editor);
    expect(refused.json()).toMatchObject({ code: 403, message: expect.stringContaining('NonResourceURLs:["*"]') });
    const lost = binding("ClusterRoleBinding", "more", "ClusterRole", "nowhere-at-all", [user("editor")]);
    expect((await post(`${RBAC}/clusterrolebindings`, lost, editor)).json()).toMatchObject({
      code: 404,
      message: 'clusterroles.rbac.authorization.k8s.io "nowhere-at-all" not found',
    });
  });

  it("needs the right to create for what a PUT would make", async () => {
    const updater = await server.certificateOf("updater");
    const roles = `${RBAC}/namespaces/default/roles`;
    await make(roles, role("updater", [{ verbs: ["get", "update"], apiGroups: [apiGroup], resources: ["roles"] }]));
    const bound = binding("RoleBinding", "updater", "Role", "updater", [user("updater")]);
    await make(`${RBAC}/namespaces/default/rolebindings`, bound);
    await make(roles, role("there", []));
    const put = (name: string) =>
      server.request(`${roles}/${name}`, { method: "PUT", body: role(name, []), as: updater });
    expect((await put("there")).status).toBe(200);
    const where = 'resource "roles" in API group "rbac.authorization.k8s.io" in the namespace "default"';
    expect((await put("not-there")).json()).toMatchObject({
      code: 403,
      message: `roles.rbac.authorization.k8s.io "not-there" is forbidden: User "updater" cannot create ${where}`,
    });
    expect(await status(`${roles}/not-there`, "admin")).toBe(404);
  });

  it("cannot fill the memory with rules that multiply", async () => {
    const many = (prefix: string) => Array.from({ length: 60 }, (_, index) => `${prefix}${index}`);
    const rule = { verbs: many("v"), apiGroups: many("g"), resources: many("r") };
    expect((await post(`${RBAC}/clusterroles`, clusterRole("huge", [rule]), editor)).json()).toMatchObject({
      code: 403,
      message: expect.stringContaining("the rules say more than 100000 things at once, too many to compare"),
    });
    expect((await post(`${RBAC}/clusterroles`, clusterRole("huge", [rule]))).status).toBe(201);
  });

  it("cannot widen, gather or patch their way to more", async () => {
    await make(`${RBAC}/clusterroles`, clusterRole("small", []));
    const rules = [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }];
    const put = { method: "PUT", body: clusterRole("small", rules), as: editor };
    expect((await server.request(`${RBAC}/clusterroles/small`, put)).status).toBe(403);
    const patch = {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: JSON.stringify({ rules }),
      as: editor,
    };
    expect((await server.request(`${RBAC}/clusterroles/small`, patch)).status).toBe(403);
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { a: "b" } }] };
    const gathering = await post(`${RBAC}/clusterroles`, clusterRole("gather", [], { aggregationRule }), editor);
    expect(gathering.json()).toMatchObject({
      code: 403,
      message: expect.stringMatching(
        /"gather" is forbidden: must have cluster-admin privileges to use the aggregationRule$/,
      ),
    });
    const created = { method: "PUT", body: clusterRole("by-put", rules), as: editor };
    expect((await server.request(`${RBAC}/clusterroles/by-put`, created)).status).toBe(403);
    const owned = {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: JSON.stringify({ metadata: { finalizers: ["example.com/held"] } }),
      as: editor,
    };
    expect((await server.request(`${RBAC}/clusterroles/cluster-admin`, owned)).status).toBe(200);
  });

  it("may be allowed to escalate and to bind", async () => {
    const powerful = await server.certificateOf("powerful");
    const powers = [
      { verbs: ["create", "update", "escalate"], apiGroups: [apiGroup], resources: ["clusterroles"] },
      { verbs: ["create", "update"], apiGroups: [apiGroup], resources: ["clusterrolebindings"] },
      { verbs: ["bind"], apiGroups: [apiGroup], resources: ["clusterroles"], resourceNames: ["view"] },
    ];
    await make(`${RBAC}/clusterroles`, clusterRole("powerful", powers));
    const bound = binding("ClusterRoleBinding", "powerful", "ClusterRole", "powerful", [user("powerful")]);
    await make(`${RBAC}/clusterrolebindings`, bound);
    const rules = [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }];
    expect((await post(`${RBAC}/clusterroles`, clusterRole("escalated", rules), powerful)).status).toBe(201);
    const view = binding("ClusterRoleBinding", "bound-view", "ClusterRole", "view", [user("powerful")]);
    expect((await post(`${RBAC}/clusterrolebindings`, view, powerful)).status).toBe(201);
    const edit = binding("ClusterRoleBinding", "bound-edit", "ClusterRole", "cluster-admin", [user("powerful")]);
    expect((await post(`${RBAC}/clusterrolebindings`, edit, powerful)).status).toBe(403);
  });
});

it("shows bindings in the table of kubectl get -o wide", async () => {
  const account = { kind: "ServiceAccount", name: "sa", namespace: "default" };
  const subjects = [user("u1"), user("u2"), group("g"), account];
  await make(`${RBAC}/clusterrolebindings`, binding("ClusterRoleBinding", "shown", "ClusterRole", "view", subjects));
  const table = (
    await server.request(`${RBAC}/clusterrolebindings/shown`, {
      headers: { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" },
    })
  ).json<{ columnDefinitions: { name: string; priority: number }[]; rows: { cells: unknown[] }[] }>();
  expect(table.columnDefinitions.map(({ name, priority }) => `${name} ${priority}`)).toEqual([
    "Name 0",
    "Role 0",
    "Age 0",
    "Users 1",
    "Groups 1",
    "ServiceAccounts 1",
  ]);
  expect(table.rows[0]?.cells).toEqual(["shown", "ClusterRole/view", expect.any(String), "u1, u2", "g", "default/sa"]);
});

describe("aggregated cluster roles", () => {
  const rulesOf = async (name: string): Promise<{ resources?: string[] }[]> =>
    (await server.request(`${RBAC}/clusterroles/${name}`)).json<{ rules?: { resources?: string[] }[] }>().rules ?? [];

  it("hold what they gather from the start", async () => {
    const has = async (name: string, resource: string): Promise<boolean> =>
      (await rulesOf(name)).some(({ resources = [] }) => resources.includes(resource));
    expect(await has("view", "configmaps")).toBe(true);
    expect(await has("view", "secrets")).toBe(false);
    expect(await has("edit", "secrets")).toBe(true);
    expect(await has("admin", "secrets")).toBe(true);
    expect(await has("admin", "rolebindings")).toBe(true);
  });

  it("follow those that they gather from, also through another one", async () => {
    const label = { "rbac.authorization.k8s.io/aggregate-to-view": "true" };
    const rule = { verbs: ["get"], apiGroups: ["example.com"], resources: ["gadgets"] };
    await make(`${RBAC}/clusterroles`, clusterRole("gadget-viewer", [rule], {}, label));
    for (const name of ["view", "edit", "admin"])
      await expect.poll(() => rulesOf(name), { timeout: 10_000 }).toContainEqual(rule);
    await server.request(`${RBAC}/clusterroles/gadget-viewer`, { method: "DELETE" });
    for (const name of ["view", "edit", "admin"])
      await expect.poll(() => rulesOf(name), { timeout: 10_000 }).not.toContainEqual(rule);
  });

  it("keep what is written to them by hand no longer than a moment", async () => {
    const before = await rulesOf("view");
    const role = (await server.request(`${RBAC}/clusterroles/view`)).json<object>();
    await server.request(`${RBAC}/clusterroles/view`, { method: "PUT", body: { ...role, rules: [] } });
    await expect.poll(() => rulesOf("view"), { timeout: 10_000 }).toEqual(before);
  });
});

describe("a config with rbac", () => {
  it("says what to add when it serves no roles", async () => {
    const config = { resources: [], authorization: ["rbac"], admission: [], flowControl: "max-in-flight" };
    await expect(startTestServer({ config })).rejects.toThrow(
      'plugin "rbac": parameter 2 of Rbac cannot be injected: the config serves no clusterroles.rbac.authorization.k8s.io: add "kubernetes" to resources',
    );
  });

  it("may take the place of another while the server runs, with the default policy there at once", async () => {
    const other = await startTestServer({ config: { authorization: ["system-masters"] } });
    const carol = await other.certificateOf("carol");
    const subjects = [{ kind: "User", name: "carol" }];
    const body = binding("ClusterRoleBinding", "carol", "ClusterRole", "system:monitoring", subjects);
    expect((await other.request(`${RBAC}/clusterrolebindings`, { method: "POST", body })).status).toBe(201);
    expect((await other.request("/metrics", { as: carol })).status).toBe(403);
    await other.reload({ authorization: ["rbac"] });
    expect((await other.request("/metrics", { as: carol })).status).toBe(200);
    expect((await other.request(`${RBAC}/clusterroles/cluster-admin`)).status).toBe(200);
    await other.stop();
  });
});
