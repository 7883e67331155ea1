import { readFileSync } from "node:fs";

/** What a client needs to reach a server over TLS. */
export interface Credentials {
  readonly server: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

function decoded(text: string, field: string): string {
  const found = new RegExp(`${field}: "?([A-Za-z0-9+/=]+)"?`).exec(text);
  if (found?.[1] === undefined) throw new Error(`the kubeconfig has no ${field}`);
  return Buffer.from(found[1], "base64").toString();
}

/** Reads the kubeconfig that the server wrote at its start. */
export function readKubeconfig(file: string): Credentials {
  const text = readFileSync(file, "utf8");
  const server = /server: "?(https:[^"\s]+)"?/.exec(text)?.[1];
  if (server === undefined) throw new Error("the kubeconfig names no server");
  return {
    server,
    ca: decoded(text, "certificate-authority-data"),
    cert: decoded(text, "client-certificate-data"),
    key: decoded(text, "client-key-data"),
  };
}
