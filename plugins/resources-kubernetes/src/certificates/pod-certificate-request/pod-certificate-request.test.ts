import { constants, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { AUTHORITY, LEAF, LEAF_REQUEST, LEAF_TIME, ODD_LEAF } from "../certificates.fixture.js";
import { PodCertificateRequest } from "./pod-certificate-request.js";

const requests = new Compiled(PodCertificateRequest);
const STATUS = { subresource: "status" } as const;
const UID = "d3b5";
const spec = {
  signerName: "example.com/s",
  podName: "web-0",
  podUID: UID,
  serviceAccountName: "default",
  serviceAccountUID: "2",
  nodeName: "n1",
  nodeUID: "3",
  stubPKCS10Request: LEAF_REQUEST,
};

function problems(over: JsonObject): string[] {
  return requests.problems(requests.object({ spec: { ...spec, ...over } }));
}

function ownKey(publicKey: KeyObject, proof: Buffer): JsonObject {
  return {
    stubPKCS10Request: null,
    pkixPublicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64"),
    proofOfPossession: proof.toString("base64"),
  };
}

describe("a new PodCertificateRequest", () => {
  it("asks for a day when it does not say", () => {
    const object = requests.object({ spec, status: { certificateChain: "x" } });
    expect(object).toMatchObject({ spec: { maxExpirationSeconds: 86_400 } });
    expect(requests.problems(object)).toEqual([]);
    requests.version.hooks.prepareForCreate?.(object, context);
    expect(object.status).toEqual({});
  });

  it.each<[JsonObject, string[]]>([
    [{ signerName: "" }, ["spec.signerName: Required value"]],
    [
      { unverifiedUserAnnotations: { a: "b" } },
      ['spec.unverifiedUserAnnotations: Invalid value: "a": must be a domain-prefixed key (such as "acme.io/foo")'],
    ],
    [{ podName: "A" }, [expect.stringMatching(/^spec\.podName: Invalid value: "A": a lowercase RFC 1123 subdomain/)]],
    [{ podUID: "" }, ['spec.podUID: Invalid value: "": must not be empty']],
    [{ serviceAccountUID: "x".repeat(129) }, ["spec.serviceAccountUID: Too long: may not be more than 128 bytes"]],
    [
      { nodeName: "", nodeUID: "" },
      [
        expect.stringMatching(/^spec\.nodeName: Invalid value: ""/),
        'spec.nodeUID: Invalid value: "": must not be empty',
      ],
    ],
    [
      { maxExpirationSeconds: 3599 },
      ["spec.maxExpirationSeconds: Invalid value: 3599: must be in the range [3600, 7862400]"],
    ],
    [
      { maxExpirationSeconds: 86_401, signerName: "kubernetes.io/s" },
      ["spec.maxExpirationSeconds: Invalid value: 86401: must be in the range [3600, 86400]"],
    ],
    [{ stubPKCS10Request: "AAAA" }, ["spec.stubPKCS10Request: Invalid value: must be a valid PKCS#10 CSR"]],
    [
      { stubPKCS10Request: LEAF_REQUEST.replace("Dkyobg0D", "Dkyobg0C") },
      ["spec.stubPKCS10Request: Invalid value: invalid signature"],
    ],
    [
      { stubPKCS10Request: Buffer.alloc(10_241).toString("base64") },
      ["spec.stubPKCS10Request: Too long: may not be more than 10240 bytes"],
    ],
    [
      { stubPKCS10Request: null },
      ["spec: Invalid value: exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set"],
    ],
    [
      { pkixPublicKey: "AAAA" },
      ["spec: Invalid value: exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set"],
    ],
    [
      { stubPKCS10Request: null, pkixPublicKey: "AAAA", proofOfPossession: "AAAA" },
      ['spec.pkixPublicKey: Invalid value: "AAAA": must be a valid PKIX-serialized public key'],
    ],
  ])("is refused with %j", (over, expected) => {
    expect(problems(over)).toEqual(expected);
  });

  it("proves that it has the key by signing the UID of the pod", () => {
    const message = Buffer.from(UID);
    const edwards = generateKeyPairSync("ed25519");
    expect(problems(ownKey(edwards.publicKey, sign(null, message, edwards.privateKey)))).toEqual([]);
    expect(problems(ownKey(edwards.publicKey, sign(null, Buffer.from("other"), edwards.privateKey)))).toEqual([
      "spec.proofOfPossession: Invalid value: could not verify proof-of-possession signature",
    ]);
    const curve = generateKeyPairSync("ec", { namedCurve: "P-256" });
    expect(problems(ownKey(curve.publicKey, sign("sha256", message, curve.privateKey)))).toEqual([]);
    const short = generateKeyPairSync("ec", { namedCurve: "P-224" });
    expect(problems(ownKey(short.publicKey, sign("sha256", message, short.privateKey)))).toEqual([
      'spec.pkixPublicKey: Invalid value: "curve P-224": elliptic public keys must use curve P256 or P384',
    ]);
    const rsa = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    expect(problems(ownKey(rsa.publicKey, sign("sha256", message, { key: rsa.privateKey, padding })))).toEqual([]);
    const weak = generateKeyPairSync("rsa", { modulusLength: 1024 });
    expect(problems(ownKey(weak.publicKey, message))).toEqual([
      'spec.pkixPublicKey: Invalid value: "1024-bit modulus": RSA keys must have modulus size 3072 or 4096',
    ]);
    const other = generateKeyPairSync("x25519");
    expect(problems(ownKey(other.publicKey, message))).toEqual([
      "spec.pkixPublicKey: Invalid value: unknown public key type; supported types are Ed25519, ECDSA, and RSA",
    ]);
  });

  it("stays what it is", () => {
    const old = requests.object({ spec });
    expect(requests.updateProblems(old, old)).toEqual([]);
    expect(requests.updateProblems(requests.object({ spec: { ...spec, podName: "b" } }), old)).toEqual([
      expect.stringMatching(/^spec: .*: field is immutable$/),
    ]);
  });
});

function ended(type: string, status = "True"): JsonObject {
  return { type, status, reason: "R", message: "", lastTransitionTime: "2026-01-01T00:00:00Z" };
}

const ISSUED = {
  conditions: [ended("Issued")],
  certificateChain: LEAF + AUTHORITY,
  notBefore: LEAF_TIME,
  beginRefreshAt: "2026-11-27T00:00:00Z",
  notAfter: "2026-11-27T10:13:32Z",
};

describe("the status of a PodCertificateRequest", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse(LEAF_TIME) + 1000, toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function request(status: JsonObject, over: JsonObject = {}): KubeObject {
    return requests.object({ spec: { ...spec, ...over }, status });
  }

  it.each<[string, JsonObject]>([
    ["issued", ISSUED],
    ["denied", { conditions: [ended("Denied")] }],
    ["failed", { conditions: [ended("Failed")] }],
    ["nothing yet", {}],
  ])("may be %s", (_what, status) => {
    expect(requests.updateProblems(request(status), request({}), STATUS)).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { conditions: [ended("Done")] },
      ['status.conditions.[0].type: Unsupported value: "Done": supported values: "Issued", "Denied", "Failed"'],
    ],
    [
      { conditions: [ended("Denied"), ended("Failed", "False")] },
      [
        'status.conditions.[1].type: Invalid value: "Failed": There may be at most one condition with type "Issued", "Denied", or "Failed"',
        'status.conditions.[1].status: Unsupported value: "False": supported values: "True"',
      ],
    ],
    [
      { certificateChain: "x" },
      ['status: Invalid value: status is immutable unless transitioning to "Issued", "Denied", or "Failed"'],
    ],
    [
      { conditions: [ended("Denied")], certificateChain: "x" },
      [
        "status: Invalid value: non-condition status fields must be empty when denying or failing the PodCertificateRequest",
      ],
    ],
    [
      { ...ISSUED, certificateChain: "" },
      ['status.certificateChain: Invalid value: "": issued certificate chain must contain at least one certificate'],
    ],
    [
      { ...ISSUED, certificateChain: "x".repeat(102_401) },
      ["status.certificateChain: Too long: may not be more than 102400 bytes"],
    ],
    [
      { ...ISSUED, certificateChain: LEAF.replaceAll("CERTIFICATE", "KEY") },
      [expect.stringMatching(/must consist entirely of CERTIFICATE PEM blocks$/)],
    ],
    [
      { ...ISSUED, certificateChain: LEAF.replace("MIIB", "AAAA") },
      [expect.stringMatching(/leaf certificate does not parse as valid X\.509$/)],
    ],
    [
      { ...ISSUED, certificateChain: AUTHORITY },
      [expect.stringMatching(/leaf certificate was not issued to the requested public key$/)],
    ],
    [
      { ...ISSUED, certificateChain: ODD_LEAF },
      ["status.certificateChain: Invalid value: \".web..demo\": leaf certificate's DNSName should not contain '..'"],
    ],
    [
      { conditions: ISSUED.conditions, certificateChain: LEAF },
      [
        "status.notBefore: Required value: must be present and consistent with the issued certificate",
        "status.notAfter: Required value: must be present and consistent with the issued certificate",
        "status.beginRefreshAt: Required value: must be present and in the range [notbefore+10min, notafter-10min]",
      ],
    ],
    [
      { ...ISSUED, notBefore: "2026-11-26T10:13:31Z" },
      [
        'status.notBefore: Invalid value: "2026-11-26T10:13:31Z": must be set to the NotBefore time encoded in the leaf certificate',
      ],
    ],
    [
      { ...ISSUED, notAfter: "2026-11-28T10:13:31Z" },
      [
        'status.notAfter: Invalid value: "2026-11-28T10:13:31Z": must be set to the NotAfter time encoded in the leaf certificate',
      ],
    ],
    [
      { ...ISSUED, beginRefreshAt: "2026-11-26T10:20:00Z" },
      [
        'status.beginRefreshAt: Invalid value: "2026-11-26T10:20:00Z": must be at least 10 minutes after status.notBefore',
      ],
    ],
    [
      { ...ISSUED, beginRefreshAt: "2026-11-27T10:10:00Z" },
      [
        'status.beginRefreshAt: Invalid value: "2026-11-27T10:10:00Z": must be at least 10 minutes before status.notAfter',
      ],
    ],
    [
      { ...ISSUED, certificateChain: LEAF + AUTHORITY.replaceAll("CERTIFICATE", "KEY") },
      [expect.stringMatching(/must consist entirely of CERTFICATE PEM blocks$/)],
    ],
    [
      { ...ISSUED, certificateChain: LEAF + AUTHORITY.replace("MIIB", "AAAA") },
      [expect.stringMatching(/intermediate certificate does not parse as valid X\.509$/)],
    ],
  ])("may not be %j", (status, expected) => {
    expect(requests.updateProblems(request(status), request({}), STATUS)).toEqual(expected);
  });

  it("has a certificate of now, for no longer than was asked", () => {
    const asked = { maxExpirationSeconds: 3600 };
    expect(requests.updateProblems(request(ISSUED, asked), request({}, asked), STATUS)).toEqual([
      "status.certificateChain: Invalid value: 86400000000000: leaf certificate lifetime must be <= spec.maxExpirationSeconds (3600)",
    ]);
    vi.setSystemTime(Date.parse(LEAF_TIME) + 300_000);
    expect(requests.updateProblems(request(ISSUED), request({}), STATUS)).toEqual([
      `status.notBefore: Invalid value: "${LEAF_TIME}": must be set to within 5 minutes of kube-apiserver's current time`,
    ]);
  });

  it("is said once", () => {
    const denied = request({ conditions: [ended("Denied")] });
    expect(requests.updateProblems(denied, denied, STATUS)).toEqual([]);
    expect(requests.updateProblems(request({ conditions: [ended("Failed")] }), denied, STATUS)).toEqual([
      "status: Invalid value: immutable after PodCertificateRequest is issued, denied, or failed",
    ]);
  });

  it("is for those to write who may sign", async () => {
    const { authorize } = requests.version.hooks;
    const over = { ...context, ...STATUS };
    await expect(authorize?.(request(ISSUED), request({}), over)).rejects.toThrow(
      'PodCertificateRequest.certificates.k8s.io "a" is invalid: spec.signerName: Forbidden: User "ann" is not permitted to "sign" for signer "example.com/s"',
    );
    await authorize?.(request(ISSUED), request(ISSUED), over);
    await authorize?.(request(ISSUED), request({}), context);
  });

  it("is printed as upstream prints it", () => {
    const columns = ["Name", "PodName", "ServiceAccountName", "NodeName", "SignerName", "State"];
    expect(requests.columns()).toEqual(columns);
    expect(requests.columns(true)).toEqual([...columns, "UnverifiedUserAnnotations"]);
    const object = request({ conditions: [ended("Denied")] }, { unverifiedUserAnnotations: { "a.b/c": "d" } });
    expect([...columns, "UnverifiedUserAnnotations"].map((name) => requests.cell(name, object))).toEqual([
      "a",
      "web-0",
      "default",
      "n1",
      "example.com/s",
      "Denied",
      "a.b/c=d",
    ]);
    expect(requests.cell("State", request({}))).toBe("Pending");
  });
});
