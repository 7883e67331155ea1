import { certificateRequest } from "@quarterdeck/certificate-requests";
import { issueAuthority, issueClient } from "@quarterdeck/kernel/certificates";
import { describe, expect, it } from "vitest";
import { cleaningReason } from "./csr-cleaner.js";

const NOW = Date.parse("2026-01-02T00:00:00Z");
const HOUR = 3_600_000;
const ago = (hours: number): string => new Date(NOW - hours * HOUR).toISOString();

function reason(created: number, conditions: object, certificate?: string): string | undefined {
  const list = Object.entries(conditions).map(([type, hours]) => ({
    type,
    status: "True",
    lastUpdateTime: ago(Number(hours)),
  }));
  const issued = certificate === undefined ? {} : { certificate: Buffer.from(certificate).toString("base64") };
  const metadata = { name: "a", creationTimestamp: ago(created) };
  const status = { conditions: list, ...issued };
  return cleaningReason(
    certificateRequest({ apiVersion: "certificates.k8s.io/v1", kind: "CertificateSigningRequest", metadata, status }),
    NOW,
  );
}

describe("csr-cleaner", () => {
  it.each([
    [23, {}, undefined],
    [25, {}, "nobody has decided about it"],
    [48, { Denied: 0.9 }, undefined],
    [48, { Denied: 1.1 }, "it was denied long ago"],
    [48, { Approved: 0.9, Failed: 0.9 }, undefined],
    [48, { Approved: 2, Failed: 1.1 }, "it failed long ago"],
    // Its signer may be one that is not here now.
    [480, { Approved: 400 }, undefined],
  ])("after %d hours with %j: %s", (created, conditions, expected) => {
    expect(reason(created, conditions)).toBe(expected);
  });

  it("knows what was issued, and what has expired", async () => {
    const authority = await issueAuthority(new Date(NOW));
    const issue = async (at: number) => (await issueClient(authority, "ann", [], new Date(at))).certificate;
    expect(reason(48, { Approved: 0.9 }, await issue(NOW))).toBeUndefined();
    expect(reason(48, { Approved: 1.1 }, await issue(NOW))).toBe("it was issued long ago");
    expect(reason(48, { Approved: 0.9 }, await issue(NOW - 366 * 24 * HOUR))).toBe("its certificate has expired");
  });
});
