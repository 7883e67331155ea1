import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import http2 from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls, { type ConnectionOptions, type TLSSocket } from "node:tls";
import { issueAuthority, issueClient, issueServing } from "@quarterdeck/kernel/certificates";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

const NOW = new Date();
type Pair = Awaited<ReturnType<typeof issueAuthority>>;

let folder: string;
let ca: Pair;
let server: TestServer | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quarterdeck-tls-"));
  ca = await issueAuthority(NOW, "own-ca");
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes a file all at once, as whoever rotates certificates does. */
async function put(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
  return path;
}

const serving = (...dns: string[]): Promise<Pair> => issueServing(ca, { dns, ip: ["127.0.0.1"] }, NOW);

async function pair(name: string, { certificate, key }: Pair) {
  return { certificate: await put(`${name}.crt`, certificate), certificateKey: await put(`${name}.key`, key) };
}

const serial = (pem: string): string => new X509Certificate(pem).serialNumber;

/** Shakes hands; rejects with OpenSSL's word when that fails. */
function connect(options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const port = Number(new URL(server?.url ?? "").port);
    const socket = tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options }, () =>
      resolve(socket),
    );
    socket.once("error", reject);
  });
}

async function presented(options: ConnectionOptions = {}): Promise<string> {
  const socket = await connect(options);
  const found = socket.getPeerCertificate().serialNumber;
  socket.destroy();
  return found;
}

const whoami = {
  method: "POST",
  body: { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" },
};

describe("TLS", () => {
  it("refuses TLS 1.1 and ciphers without forward secrecy, takes 1.2 and 1.3", async () => {
    server = await startTestServer();
    const old = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    await expect(connect(old)).rejects.toThrow(/alert|protocol/i);
    const two = { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" } as const;
    await expect(connect({ ...two, ciphers: "AES128-SHA:AES256-GCM-SHA384" })).rejects.toThrow(/handshake failure/i);
    await expect(connect({ ...two, ciphers: "ECDHE-ECDSA-AES256-SHA" })).rejects.toThrow(/handshake failure/i);
    const socket = await connect({ ...two, ALPNProtocols: ["h2"] });
    expect(socket.getCipher().name).toBe("ECDHE-ECDSA-AES128-GCM-SHA256");
    expect(socket.alpnProtocol).toBe("h2");
    socket.destroy();
    const three = await connect({ minVersion: "TLSv1.3" });
    expect(three.getProtocol()).toBe("TLSv1.3");
    three.destroy();
  });

  it("speaks only what the config lets it", async () => {
    server = await startTestServer({ config: { server: { tlsMinVersion: "VersionTLS13" } } });
    await expect(connect({ maxVersion: "TLSv1.2" })).rejects.toThrow(/alert|protocol/i);
    await server.stop();
    const tlsCipherSuites = ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"];
    server = await startTestServer({ config: { server: { tlsCipherSuites } } });
    const socket = await connect({ maxVersion: "TLSv1.2" });
    expect(socket.getCipher().name).toBe("ECDHE-ECDSA-AES256-GCM-SHA384");
    socket.destroy();
    const only = { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256" } as const;
    await expect(connect(only)).rejects.toThrow(/handshake failure/i);
  });

  it("presents the certificate of the name that a client asks for", async () => {
    const [own, exact, wild, said] = await Promise.all([
      serving("localhost"),
      serving("a.example.com"),
      serving("*.example.com"),
      serving("z.example.org"),
    ]);
    const sniCertificates = [
      await pair("wild", wild),
      await pair("exact", exact),
      { ...(await pair("said", said)), names: ["*.example.net", "Deep.a.example.com"] },
    ];
    server = await startTestServer({ config: { server: { ...(await pair("own", own)), sniCertificates } } });
    const of = (servername: string): Promise<string> => presented({ servername });
    expect(await of("a.example.com")).toBe(serial(exact.certificate));
    expect(await of("B.example.com")).toBe(serial(wild.certificate));
    expect(await of("x.example.net")).toBe(serial(said.certificate));
    expect(await of("deep.a.example.com")).toBe(serial(said.certificate));
    expect(await of("other.a.example.com")).toBe(serial(own.certificate));
    expect(await of("z.example.org")).toBe(serial(own.certificate));
    expect(await presented()).toBe(serial(own.certificate));
    // A client certificate counts behind a name, too.
    const socket = await connect({
      servername: "a.example.com",
      cert: server.admin.certificate,
      key: server.admin.key,
    });
    socket.write("GET /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const answer = await new Promise((resolve) => socket.once("data", (data) => resolve(String(data))));
    expect(answer).toMatch(/^HTTP\/1\.1 200/);
    socket.destroy();
  });
});

describe("a certificate that is replaced", () => {
  it("is presented from then on, while open connections stay; a key of another one is not taken", async () => {
    const [first, second] = await Promise.all([serving("localhost"), serving("localhost")]);
    const [sniFirst, sniSecond] = await Promise.all([serving("sni.example.com"), serving("sni.example.com")]);
    const sniCertificates = [await pair("sni", sniFirst)];
    const mine = await startTestServer({ config: { server: { ...(await pair("own", first)), sniCertificates } } });
    server = mine;
    const session = http2.connect(mine.url, { rejectUnauthorized: false });
    const status = (): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ":path": "/healthz" });
        stream.on("response", (headers) => resolve(headers[":status"])).on("error", reject);
        stream.resume();
      });
    session.on("error", () => {});
    const open = await connect({ cert: mine.admin.certificate, key: mine.admin.key });
    expect(await presented()).toBe(serial(first.certificate));
    await put("own.crt", second.certificate);
    await vi.waitFor(() => expect(mine.logs).toContainEqual(expect.objectContaining({ level: "error" })), 20_000);
    const { fields } = mine.logs.find(({ level }) => level === "error") ?? {};
    expect(fields?.reason).toMatch(/^the certificate does not belong to the key at server\.certificate/);
    expect(await presented()).toBe(serial(first.certificate));
    await put("own.key", second.key);
    await vi.waitFor(async () => expect(await presented()).toBe(serial(second.certificate)), 20_000);
    await pair("sni", sniSecond);
    const sni = { servername: "sni.example.com" };
    await vi.waitFor(async () => expect(await presented(sni)).toBe(serial(sniSecond.certificate)), 20_000);
    // The connection from before still serves.
    open.write("GET /api/v1/namespaces HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(await new Promise((resolve) => open.once("data", (data) => resolve(String(data))))).toMatch(
      /^HTTP\/1\.1 200/,
    );
    open.destroy();
    expect([200, 401, 403]).toContain(await status());
    session.destroy();
    // The kubeconfig names what is presented now.
    const text = await readFile(mine.kubeconfig, "utf8");
    expect(text).toContain(Buffer.from(second.certificate).toString("base64"));
  }, 40_000);

  it("may be an authority: its users come in without a restart, and go, even with a session ticket", async () => {
    const [one, two] = await Promise.all([issueAuthority(NOW, "users-1"), issueAuthority(NOW, "users-2")]);
    const [ann, bob] = await Promise.all([
      issueClient(one, "ann", ["system:masters"], NOW),
      issueClient(two, "bob", ["system:masters"], NOW),
    ]);
    const mine = await startTestServer({
      config: { server: { clientCa: await put("users.pem", one.certificate) }, resources: ["kubernetes"] },
    });
    server = mine;
    const path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    const who = async (as: Pair) => (await mine.request(path, { ...whoami, as })).status;
    expect(await who(ann)).toBe(201);
    expect(await who(bob)).toBe(401);
    const resumable = { cert: ann.certificate, key: ann.key, maxVersion: "TLSv1.2" } as const;
    const socket = await connect(resumable);
    const session = socket.getSession();
    socket.destroy();
    const resumed = async (): Promise<boolean> => {
      const again = await connect({ ...resumable, ...(session === undefined ? {} : { session }) });
      const reused = again.isSessionReused();
      again.destroy();
      return reused;
    };
    expect(await resumed()).toBe(true);
    await put("users.pem", two.certificate);
    await vi.waitFor(async () => expect(await who(bob)).toBe(201), 20_000);
    expect(await who(ann)).toBe(401);
    expect(await resumed()).toBe(false);
    await put("users.pem", "no certificate");
    await vi.waitFor(
      () =>
        expect(mine.logs).toContainEqual(
          expect.objectContaining({
            level: "error",
            fields: expect.objectContaining({ reason: expect.stringMatching(/^holds no certificate in PEM/) }),
          }),
        ),
      20_000,
    );
    expect(await who(bob)).toBe(201);
  }, 40_000);
});

it("takes a front proxy's certificate for a proxy's, not for a user's", async () => {
  server = await startTestServer();
  const [certificate, key] = await Promise.all(
    ["crt", "key"].map((end) => readFile(join(server?.data ?? "", "pki", `front-proxy-client.${end}`), "utf8")),
  );
  const as = { certificate: certificate ?? "", key: key ?? "" };
  expect((await server.request("/api/v1/namespaces", { as })).status).toBe(401);
});
