import { issueAuthority, issueClient, requestCertificate } from "@quarterdeck/kernel/certificates";
import type { KubeObject } from "@quarterdeck/meta";
import {
  type AuthorizationAttributes,
  type AuthorizationDecision,
  type Authorizer,
  definePlugin,
} from "@quarterdeck/sdk";
import { startTestServer, type TestRequest, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
const CLIENT = "kubernetes.io/kube-apiserver-client";
const MERGE = { "content-type": "application/merge-patch+json" };

/** Lets everybody do everything but approve and sign, which some may for some signers. */
class Signers implements Authorizer {
  authorize({ user, verb, resource, apiGroup, name }: AuthorizationAttributes): AuthorizationDecision {
    if (resource !== "signers") return { decision: "allow" };
    const right = `${user.name} ${verb} ${apiGroup} ${name}`;
    const rights = [
      "approver approve certificates.k8s.io example.com/a",
      "boss approve certificates.k8s.io example.com/*",
      "signer sign certificates.k8s.io example.com/a",
    ];
    return { decision: rights.includes(right) ? "allow" : "no-opinion" };
  }
}

let server: TestServer;
const users = new Map<string, Awaited<ReturnType<TestServer["certificateOf"]>>>();
let pem: string;

beforeAll(async () => {
  const signers = definePlugin({ kind: "authorizer", name: "signers", plugin: Signers });
  server = await startTestServer({ config: { authorization: [signers] } });
  for (const name of ["ann", "approver", "boss", "signer"])
    users.set(name, await server.certificateOf(name, ["staff"]));
  pem = (await requestCertificate({ user: "ann", groups: ["devs"] })).request;
});
afterAll(() => server.stop());

const base64 = (text: string): string => Buffer.from(text).toString("base64");

function body(name: string, spec: object = {}) {
  const asked = { request: base64(pem), signerName: "example.com/a", usages: ["client auth"], ...spec };
  return { apiVersion: "certificates.k8s.io/v1", kind: "CertificateSigningRequest", metadata: { name }, spec: asked };
}

const send = (as: string, path: string, request: TestRequest) => {
  const user = users.get(as);
  return server.request(`${PATH}${path}`, { ...request, ...(user === undefined ? {} : { as: user }) });
};

async function create(name: string, spec: object = {}): Promise<KubeObject> {
  const answer = await send("ann", "", { method: "POST", body: body(name, spec) });
  expect(answer.text()).toContain('"uid"');
  return answer.json();
}

const decide = (as: string, name: string, condition: object) =>
  send(as, `/${name}/approval`, {
    method: "PATCH",
    headers: MERGE,
    body: JSON.stringify({ status: { conditions: [condition] } }),
  });
const APPROVED = { type: "Approved", status: "True", reason: "Fine" };
const DENIED = { type: "Denied", status: "True" };

describe("a certificate signing request", () => {
  it("says who asked, whatever the client says, and has no decision yet", async () => {
    const spec = { username: "root", groups: ["system:masters"], uid: "1", extra: { a: ["b"] } };
    const answer = await send("ann", "", {
      method: "POST",
      body: { ...body("who", spec), status: { conditions: [APPROVED] } },
    });
    const made = answer.json<KubeObject>();
    expect(made).toMatchObject({
      spec: { username: "ann", groups: ["staff", "system:authenticated"], signerName: "example.com/a" },
      status: {},
    });
    expect(made.status).toEqual({});
    expect(made.spec).not.toHaveProperty("uid");
    expect(made.spec).not.toHaveProperty("extra.a");
    expect(made).toHaveProperty(["spec", "extra", "authentication.kubernetes.io/credential-id"]);
  });

  it("is refused with all that is wrong with it", async () => {
    const post = async (spec: object) =>
      (await send("ann", "", { method: "POST", body: body("bad", spec) })).json<{ code: number; message: string }>();
    const spec = {
      request: base64("nothing"),
      signerName: "a/b/c",
      usages: ["fly", "any", "any"],
      expirationSeconds: 5,
    };
    const { code, message } = await post(spec);
    expect(code).toBe(422);
    for (const text of [
      `spec.request: Invalid value: "${base64("nothing")}": PEM block type must be CERTIFICATE REQUEST`,
      'spec.usages[0]: Unsupported value: "fly": supported values: "any", "cert sign"',
      'spec.usages[2]: Duplicate value: "any"',
      `spec.signerName: Invalid value: "a/b/c": must be a fully qualified domain and path of the form 'example.com/signer-name'`,
      "spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 600 seconds (10 minutes)",
    ])
      expect(message).toContain(text);
    expect((await post({ usages: [] })).message).toContain("spec.usages: Required value");
    expect((await post({ signerName: "kubernetes.io/legacy-unknown" })).message).toContain(
      "the legacy signerName is not allowed via this API version",
    );
    expect((await post({ request: "%" })).code).toBe(400);
  });

  it("is refused when its signature is by another key, or cut short", async () => {
    const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ""), "base64");
    const post = async (bytes: Buffer) => {
      const text = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString("base64")}\n-----END CERTIFICATE REQUEST-----\n`;
      const answer = await send("ann", "", { method: "POST", body: body("bad", { request: base64(text) }) });
      return answer.json<{ code: number; message: string }>();
    };
    const forged = Buffer.from(der);
    const at = forged.indexOf("devs");
    forged.write("root", at);
    expect((await post(forged)).message).toContain("the signature of the request is not by its key");
    for (const length of [0, 1, 10, 60, der.length - 1]) {
      const { code, message } = await post(der.subarray(0, length));
      expect(code).toBe(422);
      expect(message).toContain("malformed certificate request");
    }
  });

  it("does not make masters by the API server's signer", async () => {
    const { request } = await requestCertificate({ user: "eve", groups: ["devs", "system:masters"] });
    const spec = { request: base64(request), signerName: CLIENT };
    const answer = await send("ann", "", { method: "POST", body: body("eve", spec) });
    expect(answer.json()).toMatchObject({
      code: 403,
      message: `certificatesigningrequests.certificates.k8s.io "eve" is forbidden: use of ${CLIENT} signer with system:masters group is not allowed`,
    });
    const none = await send("ann", "", { method: "POST", body: { ...body("eve"), spec: { signerName: CLIENT } } });
    expect(none.status).toBe(422);
  });

  it("never changes", async () => {
    const made = await create("fixed");
    const answer = await send("ann", "/fixed", {
      method: "PATCH",
      headers: MERGE,
      body: JSON.stringify({ metadata: { labels: { a: "b" } }, spec: { username: "root", usages: ["any"] } }),
    });
    expect(answer.json()).toMatchObject({ metadata: { labels: { a: "b" } }, spec: made.spec });
  });
});

describe("/approval", () => {
  it("takes a decision of who may approve for the signer or its domain, and stamps it", async () => {
    await create("one");
    await create("two", { signerName: "example.com/b" });
    for (const as of ["ann", "signer"]) {
      expect((await decide(as, "one", APPROVED)).json()).toMatchObject({
        code: 403,
        message:
          'certificatesigningrequests.certificates.k8s.io "one" is forbidden: user not permitted to approve requests with signerName "example.com/a"',
      });
    }
    expect((await decide("approver", "two", APPROVED)).status).toBe(403);
    expect((await decide("boss", "two", APPROVED)).status).toBe(200);
    const answer = await decide("approver", "one", APPROVED);
    expect(answer.status).toBe(200);
    expect(answer.json<KubeObject>().status).toEqual({
      conditions: [{ ...APPROVED, lastUpdateTime: expect.any(String), lastTransitionTime: expect.any(String) }],
    });
    expect((await send("ann", "/one/approval", {})).json()).toMatchObject({ kind: "CertificateSigningRequest" });
  });

  it("takes none back, nor both, and changes nothing else", async () => {
    await create("three");
    const approved = (await decide("approver", "three", APPROVED)).json<KubeObject>();
    const put = (status: object, spec: object = {}) =>
      send("approver", "/three/approval", { method: "PUT", body: { ...body("three", spec), status } });
    const none = await put({ conditions: [] });
    expect(none.json()).toMatchObject({
      code: 422,
      message: expect.stringContaining(
        'status.conditions: Forbidden: updates may not remove a condition of type "Approved"',
      ),
    });
    const both = await put({ conditions: [APPROVED, DENIED] });
    expect(both.json()).toMatchObject({
      code: 422,
      message: expect.stringContaining("Approved and Denied conditions are mutually exclusive"),
    });
    const doubtful = await put({ conditions: [{ ...APPROVED, status: "False" }] });
    expect(doubtful.json()).toMatchObject({ code: 422, message: expect.stringContaining('supported values: "True"') });
    const other = await put(
      { conditions: [APPROVED], certificate: base64("x") },
      { username: "root", usages: ["any"] },
    );
    expect(other.json()).toMatchObject({ spec: approved.spec });
    expect(other.json<KubeObject>().status).not.toHaveProperty("certificate");
    const stale = { ...body("three"), metadata: { name: "three", resourceVersion: "1" }, status: approved.status };
    expect((await send("approver", "/three/approval", { method: "PUT", body: stale })).status).toBe(409);
  });

  it("is discovered with its verbs", async () => {
    const { resources } = (await server.request("/apis/certificates.k8s.io/v1")).json<{
      resources: readonly { name: string; verbs: readonly string[] }[];
    }>();
    const verbs = ["get", "patch", "update"];
    expect(resources).toContainEqual(expect.objectContaining({ name: "certificatesigningrequests/approval", verbs }));
    expect(resources).toContainEqual(expect.objectContaining({ name: "certificatesigningrequests/status", verbs }));
    const openapi = (await server.request("/openapi/v3/apis/certificates.k8s.io/v1")).text();
    expect(openapi).toContain("patchCertificatesV1CertificateSigningRequestApproval");
  });
});

describe("/status", () => {
  const issue = (as: string, name: string, status: object) =>
    send(as, `/${name}/status`, { method: "PATCH", headers: MERGE, body: JSON.stringify({ status }) });

  it("takes one certificate of who may sign, and no decision", async () => {
    await create("four");
    await decide("approver", "four", APPROVED);
    const now = new Date();
    const authority = await issueAuthority(now);
    const [certificate, another] = await Promise.all(
      ["ann", "bob"].map(async (user) => base64((await issueClient(authority, user, [], now)).certificate)),
    );
    expect((await issue("approver", "four", { certificate })).json()).toMatchObject({
      code: 403,
      message: expect.stringContaining('user not permitted to sign requests with signerName "example.com/a"'),
    });
    const junk = await issue("signer", "four", { certificate: base64("junk") });
    expect(junk.json()).toMatchObject({
      code: 422,
      message: expect.stringContaining(
        'status.certificate: Invalid value: "<certificate data>": must contain at least one CERTIFICATE PEM block',
      ),
    });
    const issued = await issue("signer", "four", { certificate });
    expect(issued.json()).toMatchObject({ status: { certificate, conditions: [APPROVED] } });
    expect((await issue("signer", "four", { certificate: another })).json()).toMatchObject({
      code: 422,
      message: expect.stringContaining(
        "status.certificate: Forbidden: updates may not modify existing certificate content",
      ),
    });
    await create("five");
    expect((await issue("signer", "five", { conditions: [APPROVED] })).json()).toMatchObject({
      code: 422,
      message: expect.stringContaining('updates may not add a condition of type "Approved"'),
    });
    const failed = await issue("signer", "five", { conditions: [{ type: "Failed", status: "True" }] });
    expect(failed.json()).toMatchObject({
      status: { conditions: [{ type: "Failed", lastUpdateTime: expect.any(String) }] },
    });
  });

  it("is what the table tells", async () => {
    await create("six", { expirationSeconds: 3600 });
    await decide("approver", "six", DENIED);
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    const table = (await server.request(PATH, { headers: { accept } })).json<{
      columnDefinitions: readonly { name: string }[];
      rows: readonly { cells: readonly unknown[] }[];
    }>();
    const columns = ["Name", "Age", "SignerName", "Requestor", "RequestedDuration", "Condition"];
    expect(table.columnDefinitions.map(({ name }) => name)).toEqual(columns);
    const rows = new Map(table.rows.map(({ cells: [name, , ...rest] }) => [name, rest]));
    expect(rows.get("six")).toEqual(["example.com/a", "ann", "60m", "Denied"]);
    expect(rows.get("four")).toEqual(["example.com/a", "ann", "<none>", "Approved,Issued"]);
    expect(rows.get("five")).toEqual(["example.com/a", "ann", "<none>", "Pending,Failed"]);
    const selector = encodeURIComponent("spec.signerName=example.com/b");
    const selected = (await server.request(`${PATH}?fieldSelector=${selector}`)).json<{
      items: readonly KubeObject[];
    }>();
    expect(selected.items.map(({ metadata }) => metadata.name)).toEqual(["two"]);
  });

  it("are owned in what a write may change alone", async () => {
    const { metadata } = body("owned");
    await send("ann", "", {
      method: "POST",
      body: { ...body("owned"), metadata: { ...metadata, labels: { team: "a" } } },
    });
    const conditions = [{ type: "Approved", status: "True", reason: "Fine", message: "" }];
    const path = "/owned/approval?fieldManager=approver";
    await send("approver", path, {
      method: "PATCH",
      headers: MERGE,
      body: { status: { conditions, certificate: "" } },
    });
    const { metadata: now } = (await send("ann", "/owned", {})).json<KubeObject>();
    expect(now.managedFields?.map(({ subresource, fieldsV1 }) => [subresource, Object.keys(fieldsV1 ?? {})])).toEqual([
      ["approval", ["f:status"]],
      [undefined, ["f:metadata"]],
    ]);
  });
});
