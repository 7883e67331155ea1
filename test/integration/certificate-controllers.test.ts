import { requestCertificate } from "@quarterdeck/kernel/certificates";
import type { KubeObject } from "@quarterdeck/meta";
import {
  type AuthorizationAttributes,
  type AuthorizationDecision,
  type Authorizer,
  definePlugin,
} from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

const PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
const KUBELET = "kubernetes.io/kube-apiserver-client-kubelet";

/** The rights that a bootstrap of nodes needs, for groups. */
class Bootstrap implements Authorizer {
  authorize({ user, verb, resource, subresource }: AuthorizationAttributes): AuthorizationDecision {
    if (resource === "selfsubjectreviews") return { decision: "allow" };
    const right = `${verb} ${resource}${subresource === "" ? "" : `/${subresource}`}`;
    const create = "create certificatesigningrequests";
    const rights = user.groups.includes("system:bootstrappers")
      ? [create, `${create}/nodeclient`]
      : user.groups.includes("system:nodes")
        ? [create, `${create}/selfnodeclient`]
        : [];
    return { decision: rights.includes(right) ? "allow" : "no-opinion" };
  }
}

let server: TestServer;
beforeAll(async () => {
  const bootstrap = definePlugin({ kind: "authorizer", name: "bootstrap", plugin: Bootstrap });
  server = await startTestServer({
    config: {
      authorization: ["system-masters", bootstrap],
      controllers: ["namespace", "csr-approving", "csr-signing", "csr-cleaner"],
    },
  });
});
afterAll(() => server.stop());

type Certificate = Awaited<ReturnType<TestServer["certificateOf"]>>;
type Asked = Parameters<typeof requestCertificate>[0];

/** Asks for a certificate; the answer is the name of the request and the key. */
async function ask(name: string, asked: Asked, spec: object, as: Certificate = server.admin): Promise<string> {
  const { request, key } = await requestCertificate(asked);
  const body = {
    apiVersion: "certificates.k8s.io/v1",
    kind: "CertificateSigningRequest",
    metadata: { name },
    spec: { request: Buffer.from(request).toString("base64"), ...spec },
  };
  const answer = await server.request(PATH, { method: "POST", body, as });
  expect(answer.text()).toContain('"uid"');
  return key;
}

const get = async (name: string): Promise<KubeObject> => (await server.request(`${PATH}/${name}`)).json();

const approve = (name: string) =>
  server.request(`${PATH}/${name}/approval`, {
    method: "PATCH",
    headers: { "content-type": "application/merge-patch+json" },
    body: JSON.stringify({ status: { conditions: [{ type: "Approved", status: "True", reason: "Test" }] } }),
  });

async function issued(name: string, key: string): Promise<Certificate> {
  const found = await vi.waitFor(async () => {
    const { status } = await get(name);
    expect(status).toHaveProperty("certificate");
    return Object(status);
  }, 10_000);
  return { certificate: Buffer.from(String(found.certificate), "base64").toString("utf8"), key };
}

async function whoami(as: Certificate): Promise<unknown> {
  const body = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  return (await server.request(path, { method: "POST", body, as })).json<{ status: { userInfo: unknown } }>().status
    .userInfo;
}

describe("csr-signing", () => {
  it("issues what was approved, and the server knows the user by it", async () => {
    const spec = { signerName: "kubernetes.io/kube-apiserver-client", usages: ["client auth"], expirationSeconds: 600 };
    const key = await ask("jane", { user: "jane", groups: ["devs", "ops"] }, spec);
    expect(await get("jane")).not.toHaveProperty("status.certificate");
    expect((await approve("jane")).status).toBe(200);
    const certificate = await issued("jane", key);
    expect(await whoami(certificate)).toMatchObject({
      username: "jane",
      groups: ["devs", "ops", "system:authenticated"],
    });
  });

  it("says why it does not sign", async () => {
    const spec = { signerName: "kubernetes.io/kubelet-serving", usages: ["server auth", "digital signature"] };
    await ask("serving", { user: "system:node:n1", groups: ["system:nodes"] }, spec);
    await approve("serving");
    await vi.waitFor(async () => {
      const { status } = await get("serving");
      expect(Object(status).conditions).toContainEqual(
        expect.objectContaining({
          type: "Failed",
          reason: "SignerValidationFailure",
          message: "DNS or IP subjectAltName is required",
          lastUpdateTime: expect.any(String),
        }),
      );
    }, 10_000);
  });

  it("leaves alone what others sign", async () => {
    await ask("other", { user: "jane" }, { signerName: "example.com/other", usages: ["client auth"] });
    await approve("other");
    const key = await ask(
      "last",
      { user: "x" },
      { signerName: "kubernetes.io/kube-apiserver-client", usages: ["client auth"] },
    );
    await approve("last");
    await issued("last", key);
    expect(await get("other")).not.toHaveProperty("status.certificate");
  });
});

describe("csr-approving", () => {
  it("lets a node join: by a bootstrapper first, then by itself", async () => {
    const bootstrapper = await server.certificateOf("system:bootstrap:abcdef", ["system:bootstrappers"]);
    const node = { user: "system:node:n1", groups: ["system:nodes"] };
    const spec = { signerName: KUBELET, usages: ["digital signature", "client auth"] };
    const key = await ask("first", node, spec, bootstrapper);
    const first = await issued("first", key);
    expect(await get("first")).toMatchObject({
      status: {
        conditions: [
          {
            type: "Approved",
            reason: "AutoApproved",
            message: expect.stringMatching(/^Auto approving kubelet client/),
          },
        ],
      },
    });
    expect(await whoami(first)).toMatchObject({ username: "system:node:n1" });
    const again = await ask("second", node, spec, first);
    await issued("second", again);
    expect(await get("second")).toMatchObject({
      status: { conditions: [{ message: expect.stringMatching(/^Auto approving self kubelet client/) }] },
    });
    // A node asks for another node, which it has no right to.
    await ask("foreign", { ...node, user: "system:node:n2" }, spec, first);
    const third = await ask("third", node, spec, first);
    await issued("third", third);
    expect(await get("foreign")).not.toHaveProperty("status.conditions");
  });
});
