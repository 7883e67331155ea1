import { describe, expect, it } from "vitest";
import { CertificateRequestError, checkRequestSignature, parseCertificateRequest } from "./certificate-request.js";
import { pemBlocks } from "./pem-blocks.js";

// By `openssl req -new -newkey ec:… -subj /O=devs/O=ops/CN=first/CN=ann -addext subjectAltName=DNS:a.example.com,IP:10.0.0.1,email:a@b.c,URI:https://a`.
const PEM = `-----BEGIN CERTIFICATE REQUEST-----
MIIBODCB4AIBADA7MQ0wCwYDVQQKDARkZXZzMQwwCgYDVQQKDANvcHMxDjAMBgNV
BAMMBWZpcnN0MQwwCgYDVQQDDANhbm4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AARAqKXjbDQfQbZJe+oV6RcN5yfPoHIS0K9rpMzXnP27T5azIYjpozCYhFJynzOx
jK37cjlatHbPKh6XEcP9dd7zoEMwQQYJKoZIhvcNAQkOMTQwMjAwBgNVHREEKTAn
gg1hLmV4YW1wbGUuY29thwQKAAABgQVhQGIuY4YJaHR0cHM6Ly9hMAoGCCqGSM49
BAMCA0cAMEQCICidvWQ3h6j5djyzS4LQ78RCSpLksDYJgdoOgkFVsgdrAiAnWb9q
cgEw96uP1ndlCvSzzL3QsI+jz2VYVCxvYoEZBA==
-----END CERTIFICATE REQUEST-----
`;

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const DER = [...pemBlocks(PEM)][0]?.der ?? Buffer.alloc(0);
const wrap = (der: Buffer): string =>
  base64(`-----BEGIN CERTIFICATE REQUEST-----\n${der.toString("base64")}\n-----END CERTIFICATE REQUEST-----\n`);

describe("parseCertificateRequest", () => {
  it("reads what Kubernetes looks at; of two common names the last counts, as Go has it", () => {
    const request = parseCertificateRequest(base64(`text before\n${PEM}text behind`));
    expect(request.subject).toEqual({ commonName: "ann", organizations: ["devs", "ops"] });
    expect(request.names).toEqual({ dns: ["a.example.com"], emails: ["a@b.c"], uris: ["https://a"], ips: 1 });
    expect(() => checkRequestSignature(request)).not.toThrow();
  });

  it.each([
    ["", /^PEM block type must be CERTIFICATE REQUEST$/],
    [PEM.replaceAll("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"), /^PEM block type must be/],
    [PEM.replace("END", "FIN"), /^PEM block type must be/],
    [PEM.replace(/\n[^-]*\n/, "\n\n"), /^malformed certificate request: an element is missing$/],
  ])("refuses %j", (pem, message) => {
    expect(() => parseCertificateRequest(base64(pem))).toThrow(message);
  });

  it("notices every change of a bit, and breaks at none", () => {
    let refused = 0;
    for (let bit = 0; bit < DER.length * 8; bit += 3) {
      const changed = Buffer.from(DER);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      try {
        checkRequestSignature(parseCertificateRequest(wrap(changed)));
      } catch (error) {
        if (!(error instanceof CertificateRequestError)) throw error;
        refused += 1;
      }
    }
    expect(refused).toBe(Math.ceil((DER.length * 8) / 3));
  });

  it("breaks at no length that lies", () => {
    for (let at = 0; at < DER.length; at++) {
      for (const lie of [Buffer.from([0x84, 0xff, 0xff, 0xff, 0xff]), Buffer.from([0x80]), Buffer.from([0xff])]) {
        const changed = Buffer.concat([DER.subarray(0, at), lie, DER.subarray(at + 1)]);
        expect(() => checkRequestSignature(parseCertificateRequest(wrap(changed)))).toThrow(CertificateRequestError);
      }
    }
  });

  it("takes no longer for many blocks without an end", () => {
    const many = "-----BEGIN CERTIFICATE REQUEST-----\n".repeat(50_000);
    expect([...pemBlocks(many)]).toEqual([]);
    expect([...pemBlocks(`${many}-----END X-----\n${PEM}`)]).toHaveLength(1);
  });
});
