import { type ClientCertificate, startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const MAPS = "/api/v1/namespaces/default/configmaps";
const AUTHENTICATION = "authentication.k8s.io";

/** One rule of a role: `apiGroup resource verb`, and the names that it is for. */
function rule(apiGroup: string, resource: string, verb: string, resourceNames: readonly string[] = []): object {
  return { apiGroups: [apiGroup], resources: [resource], verbs: [verb], resourceNames };
}

describe("impersonation by roles", () => {
  let server: TestServer;
  let operator: ClientCertificate;
  let reader: ClientCertificate;

  async function make(path: string, body: object): Promise<void> {
    const answer = await server.request(path, { method: "POST", body });
    expect(answer.status, answer.text()).toBe(201);
  }

  /** A role of these rules for everybody in the group of its name. */
  async function grant(name: string, rules: readonly object[]): Promise<void> {
    await make(`${RBAC}/clusterroles`, { metadata: { name }, rules });
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name };
    const subjects = [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name }];
    await make(`${RBAC}/clusterrolebindings`, { metadata: { name }, roleRef, subjects });
  }

  beforeAll(async () => {
    server = await startTestServer({ config: { authorization: ["rbac"] } });
    await grant("map-readers", [rule("", "configmaps", "list")]);
    await grant("operators", [
      rule("", "users", "impersonate", ["alice"]),
      rule("", "groups", "impersonate", ["map-readers"]),
      rule(AUTHENTICATION, "userextras/acme.com/project", "impersonate", ["one"]),
    ]);
    await grant("constrained", [
      rule(AUTHENTICATION, "users", "impersonate:user-info", ["alice"]),
      rule(AUTHENTICATION, "groups", "impersonate:user-info", ["map-readers"]),
      rule("", "configmaps", "impersonate-on:user-info:list"),
    ]);
    operator = await server.certificateOf("olga", ["operators"]);
    reader = await server.certificateOf("carl", ["constrained"]);
  });
  afterAll(() => server.stop());

  const ALICE = { "impersonate-user": "alice", "impersonate-group": "map-readers" };

  async function status(
    as: ClientCertificate,
    headers: { readonly [name: string]: string },
    path = MAPS,
    method = "GET",
  ): Promise<number> {
    return (await server.request(path, { as, headers, method, ...(method === "POST" ? { body: {} } : {}) })).status;
  }

  it("gives the rights of the other and takes one's own", async () => {
    expect(await status(operator, {})).toBe(403);
    expect(await status(operator, ALICE)).toBe(200);
    expect(await status(operator, { "impersonate-user": "alice" })).toBe(403);
    expect(await status(operator, { ...ALICE, "impersonate-extra-acme.com%2fproject": "one" })).toBe(200);
  });

  it.each([
    ["another user", { "impersonate-user": "bob", "impersonate-group": "map-readers" }],
    ["another group", { "impersonate-user": "alice", "impersonate-group": "system:masters" }],
    ["a uid", { ...ALICE, "impersonate-uid": "7" }],
    ["another value of extra", { ...ALICE, "impersonate-extra-acme.com%2fproject": "two" }],
    ["other extra", { ...ALICE, "impersonate-extra-acme.com%2fother": "one" }],
  ])("is for what the role names only: %s", async (_what, headers) => {
    expect(await status(operator, headers)).toBe(403);
  });

  it("by constrained verbs is for those verbs on those resources only", async () => {
    expect(await status(reader, ALICE)).toBe(200);
    const refused = await server.request(MAPS, { as: reader, headers: ALICE, method: "POST", body: {} });
    expect(refused.status).toBe(403);
    expect(refused.text()).toContain(
      'User \\"carl\\" cannot impersonate-on:user-info:create resource \\"configmaps\\"',
    );
    expect(await status(reader, ALICE, "/api/v1/namespaces/default/secrets")).toBe(403);
    expect(await status(reader, { "impersonate-user": "alice", "impersonate-group": "system:masters" })).toBe(403);
  });

  it("ends when the role goes", async () => {
    expect(await status(operator, ALICE)).toBe(200);
    expect((await server.request(`${RBAC}/clusterrolebindings/operators`, { method: "DELETE" })).status).toBe(200);
    await expect.poll(() => status(operator, ALICE)).toBe(403);
  });
});
