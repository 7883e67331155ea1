import { X509Certificate } from "node:crypto";
import { expect, it } from "vitest";
import { issueAuthority, requestCertificate } from "./issue-certificates.js";
import { signRequest } from "./sign-request.js";

const NOW = new Date("2026-01-01T00:00:00Z");
const MINUTE = 60_000;
const DAY = 86_400_000;

const authority = await issueAuthority(NOW);
const names = { dns: ["a.example.com"], ip: ["10.0.0.1"], email: ["a@example.com"], url: ["https://example.com/a"] };
const { request } = await requestCertificate({ user: "ann", groups: ["devs", "ops"], names });

async function sign(usages: readonly string[], duration: number, now = NOW): Promise<X509Certificate> {
  return new X509Certificate(await signRequest(authority, request, { usages, duration, now }));
}

it("takes over subject and names, and the usages that were asked for", async () => {
  const certificate = await sign(["client auth", "digital signature", "server auth"], DAY);
  expect(certificate.subject).toBe("O=devs\nO=ops\nCN=ann");
  expect(certificate.subjectAltName).toBe(
    "DNS:a.example.com, IP Address:10.0.0.1, email:a@example.com, URI:https://example.com/a",
  );
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"]);
  expect(certificate.ca).toBe(false);
  expect(certificate.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
});

it("is no authority, even with cert sign", async () => {
  expect((await sign(["cert sign", "any"], DAY)).ca).toBe(false);
});

it("begins a little earlier, ends in time, and never after the authority", async () => {
  const ends = async (duration: number, now = NOW) => Date.parse((await sign(["any"], duration, now)).validTo);
  expect(Date.parse((await sign(["any"], DAY)).validFrom)).toBe(NOW.getTime() - 5 * MINUTE);
  expect(await ends(10 * MINUTE)).toBe(NOW.getTime() + 10 * MINUTE);
  expect(await ends(DAY)).toBe(NOW.getTime() + DAY - 5 * MINUTE);
  const end = Date.parse(new X509Certificate(authority.certificate).validTo);
  expect(await ends(365 * DAY, new Date(end - DAY))).toBe(end);
  await expect(sign(["any"], DAY, new Date(end + DAY))).rejects.toThrow(/^the signer has expired/);
});
