import { readFile, stat } from "node:fs/promises";
import { isIPv6 } from "node:net";
import type { ServerCertificates } from "./server-certificates.js";
import { isWildcard } from "./subject-names.js";
import { writePrivateFile } from "./write-private-file.js";

/** The URL under which a client on this machine reaches a server. */
export function serverUrl(bind: string, port: number): string {
  const host = bind === "0.0.0.0" ? "127.0.0.1" : isWildcard(bind) ? "::1" : bind;
  return `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function base64(pem: string): string {
  return Buffer.from(pem).toString("base64");
}

/** The text of the admin's kubeconfig. */
export function kubeconfig(url: string, { servingCa, admin }: ServerCertificates): string {
  return `apiVersion: v1
kind: Config
current-context: quarterdeck
clusters:
- name: quarterdeck
  cluster:
    server: ${url}
    certificate-authority-data: ${base64(servingCa)}
contexts:
- name: quarterdeck
  context:
    cluster: quarterdeck
    user: kubernetes-admin
users:
- name: kubernetes-admin
  user:
    client-certificate-data: ${base64(admin.certificate)}
    client-key-data: ${base64(admin.key)}
`;
}

/** Writes the kubeconfig with mode 0600 unless the file says the same already. */
export async function writeKubeconfig(path: string, content: string): Promise<void> {
  try {
    const [before, { mode }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    if (before === content && (mode & 0o077) === 0) return;
  } catch {
    // It is not there or not readable: writing tells if that is a problem.
  }
  await writePrivateFile(path, content);
}
