import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { checkServerIdentity } from "node:tls";
import { type ChannelCredentials, type ChannelOptions, credentials } from "@grpc/grpc-js";
import type { Paths } from "@quarterdeck/sdk";
import type { Etcd3Options } from "./etcd3-options.js";

/** A user and what proves it. */
export interface EtcdUser {
  readonly name: string;
  readonly password: string;
}

/** What the files of the options hold. */
export interface Secrets {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly user?: EtcdUser;
}

/** The options contradict each other, or a file they name cannot be read. */
class CredentialsError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CredentialsError";
  }
}

/** Reads the files that the options name. */
export async function readSecrets(options: Etcd3Options, paths: Paths | undefined): Promise<Secrets> {
  const { ca, cert, key, endpoints } = options;
  const secure = endpoints.filter((endpoint) => endpoint.startsWith("https:")).length;
  if (secure > 0 && secure < endpoints.length) {
    throw new CredentialsError("the endpoints of etcd must all be http or all be https");
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw new CredentialsError("the options cert and key of the etcd storage are given together or not at all");
  }
  const read = async (option: string, path: string): Promise<Buffer> => {
    const file = paths?.resolve(path) ?? path;
    try {
      return await readFile(file);
    } catch (error) {
      throw new CredentialsError(`the file ${file} (option ${option}) cannot be read`, { cause: error });
    }
  };
  const user = await readUser(options, read);
  return {
    ...(ca === undefined ? {} : { ca: await read("ca", ca) }),
    ...(cert === undefined ? {} : { cert: await read("cert", cert) }),
    ...(key === undefined ? {} : { key: await read("key", key) }),
    ...(user === undefined ? {} : { user }),
  };
}

async function readUser(
  options: Etcd3Options,
  read: (option: string, path: string) => Promise<Buffer>,
): Promise<EtcdUser | undefined> {
  const { username, password, passwordFile } = options;
  if (username === undefined) {
    return undefined;
  }
  if (passwordFile !== undefined) {
    return { name: username, password: (await read("passwordFile", passwordFile)).toString().trim() };
  }
  if (password === undefined) {
    throw new CredentialsError("the etcd storage has a username and neither a password nor a passwordFile");
  }
  return { name: username, password };
}

/** How a member is connected to: TLS for https. */
export function channelFor(
  endpoint: URL,
  { ca, cert, key }: Secrets,
): { readonly credentials: ChannelCredentials; readonly options: ChannelOptions } {
  if (endpoint.protocol === "http:") {
    return { credentials: credentials.createInsecure(), options: {} };
  }
  const host = endpoint.hostname.replace(/^\[|\]$/g, "");
  const named = isIP(host) === 0;
  return {
    credentials: credentials.createSsl(ca ?? null, key ?? null, cert ?? null, {
      checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    }),
    // An address is no server name (RFC 6066); any name will do, since the certificate is checked for the address.
    options: named ? {} : { "grpc.ssl_target_name_override": "etcd" },
  };
}
