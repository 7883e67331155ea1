import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { issueAuthority, issueClient, issueServing } from "@quarterdeck/kernel/certificates";

/** PEM files for the connection to an etcd with TLS. */
export interface EtcdCertificates {
  /** The authority that signed the server's certificate and, with mutual TLS, the clients'. */
  readonly ca: string;
  /** A client certificate and its key; etcd asks for it with mutual TLS. */
  readonly cert: string;
  readonly key: string;
  readonly serverCert: string;
  readonly serverKey: string;
}

/** Makes an authority, a server certificate for this machine and a client certificate in a folder. */
export async function makeEtcdCertificates(folder: string): Promise<EtcdCertificates> {
  await mkdir(folder, { recursive: true });
  const now = new Date();
  const authority = await issueAuthority(now);
  const server = await issueServing(authority, { dns: ["localhost"], ip: ["127.0.0.1"] }, now);
  const client = await issueClient(authority, "quarterdeck", [], now);
  const write = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
  return {
    ca: await write("ca.crt", authority.certificate),
    cert: await write("client.crt", client.certificate),
    key: await write("client.key", client.key),
    serverCert: await write("server.crt", server.certificate),
    serverKey: await write("server.key", server.key),
  };
}
