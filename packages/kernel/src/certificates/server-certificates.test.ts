import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ResolvedServer } from "../config/resolved-config.js";
import { kubeconfig, serverUrl, writeKubeconfig } from "./kubeconfig.js";
import { serverCertificates } from "./server-certificates.js";

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "quarterdeck-certificates-"));
});
afterEach(() => rm(data, { recursive: true, force: true }));

function server(changes: Partial<ResolvedServer> = {}): ResolvedServer {
  return {
    bind: "127.0.0.1",
    port: 0,
    data,
    kubeconfig: join(data, "admin.kubeconfig"),
    certificate: undefined,
    certificateKey: undefined,
    clientCa: undefined,
    requestHeaderCa: undefined,
    sniCertificates: [],
    tlsMinVersion: "VersionTLS12",
    tlsCipherSuites: [],
    requestTimeout: 60,
    shutdownTimeout: 60,
    shutdownDelay: 0,
    shutdownSendRetryAfter: false,
    shutdownWatchTerminationGrace: 0,
    strictTransportSecurity: [],
    goawayChance: 0,
    maxStreamsPerConnection: 250,
    corsAllowedOrigins: [],
    maxRequestBytes: 3_145_728,
    transactions: false,
    cbor: false,
    ...changes,
  };
}

describe("serverCertificates", () => {
  it("makes all of them once, readable by the owner only, and keeps them", async () => {
    const first = await serverCertificates(server());
    expect([...first.issued].sort()).toEqual(["admin", "ca", "front-proxy-ca", "front-proxy-client", "serving"]);
    for (const name of [
      "ca.key",
      "serving.key",
      "admin.key",
      "ca.crt",
      "front-proxy-ca.key",
      "front-proxy-client.key",
    ]) {
      expect((await stat(join(data, "pki", name))).mode & 0o777).toBe(0o600);
    }
    const second = await serverCertificates(server());
    expect(second).toEqual({ ...first, issued: [] });
  });

  it("names localhost, the loopback addresses and the in-cluster names", async () => {
    const { serving, admin } = await serverCertificates(server());
    const certificate = new X509Certificate(serving.certificate);
    for (const host of ["localhost", "kubernetes", "kubernetes.default.svc"])
      expect(certificate.checkHost(host)).toBe(host);
    for (const ip of ["127.0.0.1", "::1"]) expect(certificate.checkIP(ip)).toBe(ip);
    expect(new X509Certificate(admin.certificate).subject).toBe("O=system:masters\nCN=kubernetes-admin");
  });

  it("is accepted by TLS on both sides", async () => {
    const { serving, servingCa, clientCas, admin } = await serverCertificates(server());
    const https = createServer(
      { cert: serving.certificate, key: serving.key, ca: [...clientCas], requestCert: true, rejectUnauthorized: false },
      (req, res) => res.end(String((req.socket as TLSSocket).authorized)),
    );
    await new Promise<void>((resolve) => https.listen(0, "127.0.0.1", resolve));
    const { port } = https.address() as AddressInfo;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(
        { port, host: "127.0.0.1", ca: servingCa, cert: admin.certificate, key: admin.key },
        () => {
          socket.end("GET / HTTP/1.0\r\n\r\n");
        },
      );
      let text = "";
      socket.on("data", (chunk) => (text += String(chunk)));
      socket.on("end", () => resolve(text));
      socket.on("error", reject);
    });
    await new Promise((resolve) => https.close(resolve));
    expect(answer).toMatch(/true$/);
  });

  it("renews the serving certificate when the bind address changes, and keeps the authority", async () => {
    const before = await serverCertificates(server());
    const after = await serverCertificates(server({ bind: "192.0.2.7" }));
    expect(after.issued).toEqual(["serving"]);
    expect(after.servingCa).toBe(before.servingCa);
    expect(new X509Certificate(after.serving.certificate).checkIP("192.0.2.7")).toBe("192.0.2.7");
  });

  it("renews what is about to expire", async () => {
    await serverCertificates(server());
    const later = await serverCertificates(server(), new Date(Date.now() + 350 * 86_400_000));
    expect([...later.issued].sort()).toEqual(["admin", "front-proxy-client", "serving"]);
  });

  it("replaces a damaged key", async () => {
    await serverCertificates(server());
    await writeFile(join(data, "pki", "admin.key"), "not a key");
    expect((await serverCertificates(server())).issued).toEqual(["admin"]);
  });

  it("trusts a named client CA beside its own, and tells which setting names a missing file", async () => {
    const ours = await serverCertificates(server());
    const path = join(data, "other.pem");
    await writeFile(path, "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
    await expect(serverCertificates(server({ clientCa: path }))).rejects.toMatchObject({ path: "server.clientCa" });
    await writeFile(path, ours.frontProxyCas.join(""));
    const { clientCas } = await serverCertificates(server({ clientCa: path }));
    expect(clientCas).toEqual([await readFile(path, "utf8"), ours.servingCa]);
    await expect(serverCertificates(server({ clientCa: "/nowhere.pem" }))).rejects.toMatchObject({
      path: "server.clientCa",
    });
  });
});

describe("kubeconfig", () => {
  it("names the address that a client can reach", () => {
    expect(serverUrl("127.0.0.1", 6443)).toBe("https://127.0.0.1:6443");
    expect(serverUrl("0.0.0.0", 1)).toBe("https://127.0.0.1:1");
    expect(serverUrl("::", 1)).toBe("https://[::1]:1");
    expect(serverUrl("example.com", 1)).toBe("https://example.com:1");
  });

  it("is written with mode 0600 even over a file that others could read", async () => {
    const path = join(data, "kubeconfig");
    const text = kubeconfig("https://127.0.0.1:1", await serverCertificates(server()));
    await writeFile(path, text, { mode: 0o644 });
    await writeKubeconfig(path, text);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).toBe(text);
  });
});
