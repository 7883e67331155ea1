import { join } from "node:path";
import type { ResolvedServer } from "../config/resolved-config.js";
import { readNamedBundle, readNamedPair, readPair, writePair } from "./certificate-files.js";
import { covers, dnsNames, isUsable, pairProblem } from "./inspect-certificate.js";
import type { KeyPair } from "./key-pair.js";
import { servingNames } from "./subject-names.js";

/** A certificate for clients that ask for one of its names. */
interface SniCertificate extends KeyPair {
  readonly names: readonly string[];
}

/** The credentials of a server, all PEM. */
export interface ServerCertificates {
  readonly serving: KeyPair;
  readonly sni: readonly SniCertificate[];
  /** What clients verify the serving certificate with. */
  readonly servingCa: string;
  /** The authorities whose client certificates are users. */
  readonly clientCas: readonly string[];
  /** The authorities whose client certificates are proxies that say who the user is. */
  readonly frontProxyCas: readonly string[];
  /** User `kubernetes-admin` in group `system:masters`. */
  readonly admin: KeyPair;
  /** Which of them were made now. */
  readonly issued: readonly string[];
}

/** An authority of the data folder whose files cannot be used while the server runs. */
class AuthorityError extends Error {
  override readonly name = "AuthorityError";
}

type Issuer = typeof import("./issue-certificates.js");

/** The pairs that a server makes for itself, in `pki/` of its data folder. */
class OwnPairs {
  readonly issued: string[] = [];

  constructor(
    private readonly folder: string,
    private readonly now: Date,
    private readonly running: boolean,
  ) {}

  /** A running server never makes an authority anew: its clients would trust it no longer. */
  async authority(name: string, commonName: string): Promise<KeyPair> {
    const stored = await readPair(this.folder, name);
    if (this.running) {
      const problem = stored === undefined ? "it cannot be read" : pairProblem(stored);
      if (stored === undefined || problem !== undefined)
        throw new AuthorityError(`${name}.crt and ${name}.key in ${this.folder}: ${problem}`);
      return stored;
    }
    if (isUsable(stored, stored, this.now)) return stored;
    return this.#make(name, (issuer) => issuer.issueAuthority(this.now, commonName));
  }

  async leaf(
    name: string,
    authority: KeyPair,
    issue: (issuer: Issuer) => Promise<KeyPair>,
    fits: (pair: KeyPair) => boolean = () => true,
  ): Promise<KeyPair> {
    const stored = await readPair(this.folder, name);
    if (isUsable(stored, authority, this.now) && fits(stored)) return stored;
    return this.#make(name, issue);
  }

  async #make(name: string, issue: (issuer: Issuer) => Promise<KeyPair>): Promise<KeyPair> {
    this.issued.push(name);
    return writePair(this.folder, name, await issue(await import("./issue-certificates.js")));
  }
}

async function sniCertificates({ sniCertificates: named }: ResolvedServer): Promise<readonly SniCertificate[]> {
  const pairs = await Promise.all(
    named.map(async (one, index) => ({
      ...(await readNamedPair(one, `server.sniCertificates[${index}]`)),
      names: one.names,
    })),
  );
  // Names that the config says win over those that certificates have, as upstream.
  const said = pairs.flatMap(({ names, ...pair }) => (names === undefined ? [] : [{ ...pair, names }]));
  const found = pairs.flatMap(({ names, ...pair }) =>
    names === undefined ? [{ ...pair, names: dnsNames(pair.certificate) }] : [],
  );
  return [...said, ...found];
}

/**
 * Reads the certificates of the data folder (`pki/`), makes what is missing, expires within 30 days or does not cover
 * the bind address, and honours the files that the config names. A named client CA is trusted beside the server's own; a
 * named front-proxy CA in place of it. With `running` the authorities are only read.
 */
export async function serverCertificates(
  server: ResolvedServer,
  now = new Date(),
  { running = false }: { readonly running?: boolean } = {},
): Promise<ServerCertificates> {
  const own = new OwnPairs(join(server.data, "pki"), now, running);
  const [ca, frontProxyCa] = await Promise.all([
    own.authority("ca", "quarterdeck-ca"),
    own.authority("front-proxy-ca", "quarterdeck-front-proxy-ca"),
  ]);
  const { certificate, certificateKey, clientCa, requestHeaderCa } = server;
  const named = certificate === undefined || certificateKey === undefined ? undefined : { certificate, certificateKey };
  const [serving, sni, admin, extraCa, namedProxyCa] = await Promise.all([
    named === undefined
      ? own.leaf(
          "serving",
          ca,
          (issuer) => issuer.issueServing(ca, servingNames(server.bind), now),
          (pair) => covers(pair, server.bind),
        )
      : readNamedPair(named, "server"),
    sniCertificates(server),
    own.leaf("admin", ca, (issuer) => issuer.issueClient(ca, "kubernetes-admin", ["system:masters"], now)),
    clientCa === undefined ? undefined : readNamedBundle(clientCa, "server.clientCa"),
    requestHeaderCa === undefined ? undefined : readNamedBundle(requestHeaderCa, "server.requestHeaderCa"),
    own.leaf("front-proxy-client", frontProxyCa, (issuer) =>
      issuer.issueClient(frontProxyCa, "front-proxy-client", [], now),
    ),
  ]);
  return {
    serving,
    sni,
    servingCa: named === undefined ? ca.certificate : serving.certificate,
    clientCas: extraCa === undefined ? [ca.certificate] : [extraCa, ca.certificate],
    frontProxyCas: [namedProxyCa ?? frontProxyCa.certificate],
    admin,
    issued: own.issued,
  };
}
