import { requestCertificate } from "@quarterdeck/kernel/certificates";
import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

const CSR = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
const RBAC = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
const ROLES = "system:certificates.k8s.io:certificatesigningrequests";

let server: TestServer;

async function create(path: string, body: object): Promise<void> {
  const answer = await server.request(path, { method: "POST", body });
  expect(answer.text()).toContain('"uid"');
}

/** As `kubeadm init` leaves a cluster behind. */
beforeAll(async () => {
  server = await startTestServer({
    config: {
      authentication: ["client-certificate", "bootstrap-token", "anonymous"],
      authorization: ["rbac"],
      controllers: ["namespace", "clusterrole-aggregation", "csr-approving", "csr-signing"],
    },
  });
  await create("/api/v1/namespaces/kube-system/secrets", {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "bootstrap-token-abcdef" },
    type: "bootstrap.kubernetes.io/token",
    stringData: {
      "token-id": "abcdef",
      "token-secret": "0123456789abcdef",
      "usage-bootstrap-authentication": "true",
    },
  });
  for (const [role, group] of [
    ["system:node-bootstrapper", "system:bootstrappers"],
    [`${ROLES}:nodeclient`, "system:bootstrappers"],
    [`${ROLES}:selfnodeclient`, "system:nodes"],
  ] as const) {
    await create(RBAC, {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: `test-${role.split(":").at(-1)}` },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group }],
    });
  }
});
afterAll(() => server.stop());

it("lets a kubelet join by a bootstrap token alone, under the default roles", async () => {
  const token = { token: "abcdef.0123456789abcdef" };
  const { request, key } = await requestCertificate({ user: "system:node:n1", groups: ["system:nodes"] });
  const body = {
    apiVersion: "certificates.k8s.io/v1",
    kind: "CertificateSigningRequest",
    metadata: { generateName: "node-csr-" },
    spec: {
      request: Buffer.from(request).toString("base64"),
      signerName: "kubernetes.io/kube-apiserver-client-kubelet",
      usages: ["digital signature", "client auth"],
    },
  };
  const made = (await server.request(CSR, { method: "POST", body, as: token })).json<KubeObject>();
  expect(made.spec).toMatchObject({
    username: "system:bootstrap:abcdef",
    groups: ["system:bootstrappers", "system:authenticated"],
  });
  // It may watch for its certificate, and nothing else.
  const path = `${CSR}/${made.metadata.name}`;
  const certificate = await vi.waitFor(async () => {
    const { status } = (await server.request(path, { as: token })).json<KubeObject>();
    const found: unknown = Object(status).certificate;
    expect(found).toBeTypeOf("string");
    return Buffer.from(String(found), "base64").toString("utf8");
  }, 10_000);
  expect((await server.request("/api/v1/secrets", { as: token })).status).toBe(403);
  const approve = {
    method: "PATCH",
    headers: { "content-type": "application/merge-patch+json" },
    body: "{}",
    as: token,
  };
  expect((await server.request(`${path}/approval`, approve)).status).toBe(403);
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const who = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  const answer = await server.request(who, { method: "POST", body: review, as: { certificate, key } });
  expect(answer.json()).toMatchObject({
    status: { userInfo: { username: "system:node:n1", groups: ["system:nodes", "system:authenticated"] } },
  });
});
