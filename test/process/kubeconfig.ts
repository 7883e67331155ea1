import { readFile } from "node:fs/promises";
import { parse } from "yaml";

interface KubeconfigFile {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly "certificate-authority-data": string };
  }[];
  readonly users: readonly {
    readonly user: { readonly "client-certificate-data": string; readonly "client-key-data": string };
  }[];
}

/** Where a server is and who its admin is, in PEM. */
export interface ServerAccess {
  readonly url: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Reads the kubeconfig that a server writes at its start. */
export async function readKubeconfig(file: string): Promise<ServerAccess> {
  const config: KubeconfigFile = parse(await readFile(file, "utf8"));
  const decode = (text = ""): string => Buffer.from(text, "base64").toString();
  const cluster = config.clusters[0]?.cluster;
  const user = config.users[0]?.user;
  if (cluster === undefined) throw new Error(`${file} names no cluster`);
  return {
    url: cluster.server,
    ca: decode(cluster["certificate-authority-data"]),
    cert: decode(user?.["client-certificate-data"]),
    key: decode(user?.["client-key-data"]),
  };
}
