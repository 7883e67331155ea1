import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "../config/config-error.js";
import type { ResolvedServer } from "../config/resolved-config.js";
import { covers, isUsable } from "./inspect-certificate.js";
import type { KeyPair } from "./key-pair.js";
import { servingNames } from "./subject-names.js";
import { writePrivateFile } from "./write-private-file.js";

/** The credentials of a server, all PEM. */
export interface ServerCertificates {
  readonly serving: KeyPair;
  /** What clients verify the serving certificate with. */
  readonly servingCa: string;
  /** The authorities whose client certificates are trusted. */
  readonly clientCas: readonly string[];
  /** User `kubernetes-admin` in group `system:masters`. */
  readonly admin: KeyPair;
  /** Which of them were made now. */
  readonly issued: readonly string[];
}

async function readPair(folder: string, name: string): Promise<KeyPair | undefined> {
  try {
    const [certificate, key] = await Promise.all([
      readFile(join(folder, `${name}.crt`), "utf8"),
      readFile(join(folder, `${name}.key`), "utf8"),
    ]);
    return { certificate, key };
  } catch {
    return undefined;
  }
}

async function writePair(folder: string, name: string, pair: KeyPair): Promise<KeyPair> {
  await Promise.all([
    writePrivateFile(join(folder, `${name}.crt`), pair.certificate),
    writePrivateFile(join(folder, `${name}.key`), pair.key),
  ]);
  return pair;
}

async function readNamed(path: string, key: keyof ResolvedServer): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error), {
      path: `server.${key}`,
      value: path,
      cause: error,
    });
  }
}

/**
 * Reads the certificates of the data folder (`pki/`), makes what is missing, expires within 30 days or does not cover
 * the bind address, and honours the files that the config names. A named client CA is trusted beside the server's own.
 */
export async function serverCertificates(server: ResolvedServer, now = new Date()): Promise<ServerCertificates> {
  const folder = join(server.data, "pki");
  const [storedCa, storedServing, storedAdmin] = await Promise.all([
    readPair(folder, "ca"),
    readPair(folder, "serving"),
    readPair(folder, "admin"),
  ]);
  const issued: string[] = [];
  const make = async (
    name: string,
    issue: (issuer: typeof import("./issue-certificates.js")) => Promise<KeyPair>,
  ): Promise<KeyPair> => {
    issued.push(name);
    return writePair(folder, name, await issue(await import("./issue-certificates.js")));
  };
  const ca = isUsable(storedCa, storedCa, now) ? storedCa : await make("ca", (issuer) => issuer.issueAuthority(now));
  const ownServing = async (): Promise<KeyPair> => {
    if (isUsable(storedServing, ca, now) && covers(storedServing, server.bind)) return storedServing;
    return make("serving", (issuer) => issuer.issueServing(ca, servingNames(server.bind), now));
  };
  const namedServing = async (certificate: string, key: string): Promise<KeyPair> => ({
    certificate: await readNamed(certificate, "certificate"),
    key: await readNamed(key, "certificateKey"),
  });
  const { certificate, certificateKey, clientCa } = server;
  const named = certificate !== undefined && certificateKey !== undefined;
  const [serving, admin, extraCa] = await Promise.all([
    named ? namedServing(certificate, certificateKey) : ownServing(),
    isUsable(storedAdmin, ca, now)
      ? storedAdmin
      : make("admin", (issuer) => issuer.issueClient(ca, "kubernetes-admin", ["system:masters"], now)),
    clientCa === undefined ? undefined : readNamed(clientCa, "clientCa"),
  ]);
  return {
    serving,
    servingCa: named ? serving.certificate : ca.certificate,
    clientCas: extraCa === undefined ? [ca.certificate] : [extraCa, ca.certificate],
    admin,
    issued,
  };
}
