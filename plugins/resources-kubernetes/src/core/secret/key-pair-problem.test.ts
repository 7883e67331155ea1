import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { keyPairProblem } from "./key-pair-problem.js";

/** Made by `openssl req -x509 -newkey ed25519`. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBMDCB46ADAgECAhQFbp6ZPoZyF8FS7fTt9z2rs8FxyTAFBgMrZXAwDjEMMAoG
A1UEAwwDd2ViMB4XDTI2MTEyNjEzMDU0NloXDTM2MTEyMzEzMDU0NlowDjEMMAoG
A1UEAwwDd2ViMCowBQYDK2VwAyEAXJR45C3anCUtC776ya7pks3E5ux1NFTlEyfy
VMgicBWjUzBRMB0GA1UdDgQWBBTKNa/ISYa8p/c0BZkGMCo3zx18jDAfBgNVHSME
GDAWgBTKNa/ISYa8p/c0BZkGMCo3zx18jDAPBgNVHRMBAf8EBTADAQH/MAUGAytl
cANBAO9nzZzYNkCIFxLIzKkud4eLHhPN68ez5sJNWflOP9Lcr4d3QYyZaAo1/JLP
B7Ckn7TTPrdr0uUAaIgWrb9fAQY=
-----END CERTIFICATE-----
`;
const der = Buffer.from("MC4CAQAwBQYDK2VwBCIEIK567TNqsePznPTcvsLa7aP540pQN5oHflXPfc76Rsuq", "base64");
const KEY = createPrivateKey({ key: der, format: "der", type: "pkcs8" })
  .export({ type: "pkcs8", format: "pem" })
  .toString();
const OTHER = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const EC = generateKeyPairSync("ec", { namedCurve: "P-256" })
  .privateKey.export({ type: "sec1", format: "pem" })
  .toString();
const X448 = generateKeyPairSync("x448").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

function block(type: string, text = "a"): string {
  return `-----BEGIN ${type}-----\n${Buffer.from(text).toString("base64")}\n-----END ${type}-----\n`;
}

it.each([
  ["a", "b", "tls: failed to find any PEM data in certificate input"],
  [
    KEY,
    CERTIFICATE,
    "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched",
  ],
  [
    block("A") + block("B"),
    KEY,
    'tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [A B]',
  ],
  [CERTIFICATE, "", "tls: failed to find any PEM data in key input"],
  [CERTIFICATE, CERTIFICATE, "tls: found a certificate rather than a key in the PEM for the private key"],
  [
    CERTIFICATE,
    block("X"),
    'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [X]',
  ],
  [block("CERTIFICATE"), KEY, "x509: malformed certificate"],
  [CERTIFICATE, block("PRIVATE KEY"), "tls: failed to parse private key"],
  [CERTIFICATE, X448, "tls: found unknown private key type in PKCS#8 wrapping"],
  [CERTIFICATE, EC, "tls: private key type does not match public key type"],
  [CERTIFICATE, OTHER, "tls: private key does not match public key"],
  [block("A") + CERTIFICATE, block("B") + KEY, undefined],
])("tells what Go says of a pair: %#", (certificate, key, problem) => {
  expect(keyPairProblem(certificate, key)).toBe(problem);
});
