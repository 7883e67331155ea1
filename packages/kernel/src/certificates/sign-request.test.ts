import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { SIGNER_RULES } from "@quarterdeck/certificate-requests";
import { expect, it } from "vitest";
import { readAsked, signRequest } from "./sign-request.js";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
/** The hex of the UTF8String `system:masters`. */
const ENCODED = "#0c0e73797374656d3a6d617374657273";

function element(tag: number, content: Iterable<number>): Buffer {
  const bytes = Buffer.from([...content]);
  return Buffer.concat([Buffer.from([tag, bytes.length]), bytes]);
}

/** A request of an organization that is this text, as it stands. */
async function requestOf(organization: string): Promise<string> {
  const attribute = [0x06, 0x03, 0x55, 0x04, 0x0a, ...element(0x0c, Buffer.from(organization))];
  const name = new x509.Name(element(0x30, element(0x31, element(0x30, attribute))));
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({ keys, name, signingAlgorithm: ALGORITHM });
  return request.toString("pem");
}

async function authority() {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const self = { name: "CN=ca", keys, signingAlgorithm: ALGORITHM };
  const certificate = (await x509.X509CertificateGenerator.createSelfSigned(self)).toString("pem");
  return {
    certificate,
    key: x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY"),
  };
}

it("signs no organization that would be read as the encoding of another", async () => {
  const request = await requestOf(ENCODED);
  expect(readAsked(request).organizations).toEqual([ENCODED]);
  const policy = { usages: ["client auth"], duration: 3_600_000, now: new Date() };
  const signed = signRequest(await authority(), request, policy);
  await expect(signed).rejects.toThrow("O must not begin with #");
});

it("judges a request of masters, encoded or not, as none for clients", async () => {
  const judge = SIGNER_RULES.get("kubernetes.io/kube-apiserver-client");
  const problem = async (organization: string) => judge?.(readAsked(await requestOf(organization)), ["client auth"]);
  expect(await problem("devs")).toBeUndefined();
  expect(await problem("system:masters")).toBe("use of the system:masters group is not allowed");
  expect(await problem(ENCODED)).toBe("subject must not begin with #");
});
