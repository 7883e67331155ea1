import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type TLSSocket } from "node:tls";
import * as x509 from "@peculiar/x509";
import { beforeAll, describe, expect, it } from "vitest";
import { ConnectionCertificates } from "./connection-certificates.js";
import { issueAuthority, issueClient, issueServing } from "./issue-certificates.js";
import type { KeyPair } from "./key-pair.js";

const DAY = 86_400_000;
const now = new Date();

let users: KeyPair;
let proxies: KeyPair;
let strangers: KeyPair;
beforeAll(async () => {
  [users, proxies, strangers] = await Promise.all([issueAuthority(now), issueAuthority(now), issueAuthority(now)]);
});

/** A handshake as the listener makes it: users and front proxies are trusted alike; tells what the server's side holds. */
async function handshake(
  client: KeyPair | undefined,
  use: (socket: TLSSocket) => void,
  ca: readonly string[] = [users.certificate, proxies.certificate],
): Promise<void> {
  const serving = await issueServing(users, { dns: ["localhost"], ip: [] }, now);
  const server = createServer({
    cert: serving.certificate,
    key: serving.key,
    ca: [...ca],
    requestCert: true,
    rejectUnauthorized: false,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const identity = client === undefined ? {} : { cert: client.certificate, key: client.key };
  const socket = connect({ port, host: "127.0.0.1", servername: "localhost", ca: users.certificate, ...identity });
  try {
    const [accepted] = await once(server, "secureConnection");
    use(accepted);
  } finally {
    socket.destroy();
    server.close();
  }
}

function certificates(clock: () => number = Date.now): ConnectionCertificates {
  return new ConnectionCertificates({ clientCas: [users.certificate], frontProxyCas: [proxies.certificate] }, clock);
}

describe("ConnectionCertificates", () => {
  it("knows users from front proxies, though TLS trusts both", async () => {
    const user = await issueClient(users, "ann", ["devs"], now);
    await handshake(user, (socket) => {
      const found = certificates().of(socket);
      expect(found).toMatchObject({ client: true, frontProxy: false, certificate: { subject: { CN: "ann" } } });
    });
    const proxy = await issueClient(proxies, "aggregator", [], now);
    await handshake(proxy, (socket) => {
      expect(socket.authorized).toBe(true);
      expect(certificates().of(socket)).toMatchObject({ client: false, frontProxy: true });
    });
  });

  it("trusts neither what a stranger signed nor a certificate that was not presented", async () => {
    const forged = await issueClient(strangers, "admin", ["system:masters"], now);
    await handshake(forged, (socket) => {
      expect(certificates().of(socket)).toMatchObject({ client: false, frontProxy: false });
    });
    await handshake(undefined, (socket) => expect(certificates().of(socket)).toBeUndefined());
  });

  it("does not take a user's certificate for an authority", async () => {
    const user = await issueClient(users, "ann", [], now);
    const below = await issueClient(user, "root", ["system:masters"], now);
    await handshake({ ...below, certificate: below.certificate + user.certificate }, (socket) => {
      expect(certificates().of(socket)).toMatchObject({ client: false, frontProxy: false });
    });
  });

  it("follows a chain through what the peer sent along", async () => {
    const user = await issueClient(users, "ann", [], now);
    await handshake({ ...user, certificate: user.certificate + users.certificate }, (socket) => {
      expect(certificates().of(socket)).toMatchObject({ client: true });
    });
  });

  it("says the same of a connection until the authorities change, and then counts at once", async () => {
    const user = await issueClient(users, "ann", [], now);
    await handshake(user, (socket) => {
      const all = certificates();
      const first = all.of(socket);
      expect(all.of(socket)).toBe(first);
      all.replace({ clientCas: [strangers.certificate], frontProxyCas: [] });
      expect(all.of(socket)).toMatchObject({ client: false, frontProxy: false });
      all.replace({ clientCas: [`${strangers.certificate}${users.certificate}`], frontProxyCas: [] });
      expect(all.of(socket)).toMatchObject({ client: true });
    });
  });

  it("ends the trust of an open connection with the certificate", async () => {
    const user = await issueClient(users, "ann", [], now);
    await handshake(user, (socket) => {
      let at = now.getTime();
      const all = certificates(() => at);
      expect(all.of(socket)).toMatchObject({ client: true });
      at += 366 * DAY;
      expect(all.of(socket)).toMatchObject({ client: false });
    });
  });

  it("keeps the old bundles when a new one is no certificate", async () => {
    const user = await issueClient(users, "ann", [], now);
    await handshake(user, (socket) => {
      const all = certificates();
      const broken = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
      expect(() => all.replace({ clientCas: [broken], frontProxyCas: [] })).toThrowError();
      expect(all.of(socket)).toMatchObject({ client: true });
    });
  });

  it.each(["TLSv1.2", "TLSv1.3"] as const)(
    "knows the chain of a resumed session of %s, which no longer holds it",
    async (maxVersion) => {
      const { root, middle } = await authorities();
      const user = await issueClient(middle, "ann", [], now);
      const all = new ConnectionCertificates({ clientCas: [root.certificate], frontProxyCas: [] });
      const serving = await issueServing(users, { dns: ["localhost"], ip: [] }, now);
      const server = createServer({
        cert: serving.certificate,
        key: serving.key,
        ca: [root.certificate],
        requestCert: true,
        rejectUnauthorized: false,
        maxVersion,
      });
      const found: [reused: boolean, client: boolean | undefined][] = [];
      // Some releases of Node do not tell what a client sent along (nodejs/node#65579), 24.21 among them.
      let told = false;
      server.on("secureConnection", (socket) => {
        told ||= socket.getPeerCertificate(true).issuerCertificate !== undefined;
        found.push([socket.isSessionReused(), all.of(socket)?.client]);
        socket.write("x");
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const chain = user.certificate + middle.certificate;
      const identity = { port, host: "127.0.0.1", servername: "localhost", ca: users.certificate };
      const first = connect({ ...identity, cert: chain, key: user.key });
      const [session] = await once(first.resume(), "session");
      first.destroy();
      const second = connect({ ...identity, cert: chain, key: user.key, session });
      await once(second, "data");
      second.destroy();
      server.close();
      expect(found).toEqual([
        [false, told],
        [true, told],
      ]);
    },
  );

  it("needs nothing that was sent along when the bundle holds the authority in the middle", async () => {
    const { root, middle } = await authorities();
    const user = await issueClient(middle, "ann", [], now);
    const all = new ConnectionCertificates({ clientCas: [root.certificate, middle.certificate], frontProxyCas: [] });
    await handshake(
      user,
      (socket) => {
        expect(socket.getPeerX509Certificate()?.issuerCertificate).toBeUndefined();
        expect(all.of(socket)).toMatchObject({ client: true, frontProxy: false });
      },
      [root.certificate, middle.certificate],
    );
  });
});

/** An authority, and one below it. */
async function authorities(): Promise<{ readonly root: KeyPair; readonly middle: KeyPair }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const make = async (name: string, issuer?: { readonly name: string; readonly key: webcrypto.CryptoKey }) => {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: "0a",
      subject: `CN=${name}`,
      issuer: `CN=${issuer?.name ?? name}`,
      notBefore: new Date(now.getTime() - DAY),
      notAfter: new Date(now.getTime() + DAY),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: issuer?.key ?? keys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      ],
    });
    const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
    return { certificate: `${certificate.toString("pem")}\n`, key, signing: { name, key: keys.privateKey } };
  };
  const root = await make("root");
  return { root, middle: await make("middle", root.signing) };
}
