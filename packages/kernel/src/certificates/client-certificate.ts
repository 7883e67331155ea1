import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KeyPair } from "./key-pair.js";

/** A client certificate of a user in these groups, signed by the authority that a server has made in its data folder. */
export async function clientCertificate(data: string, user: string, groups: readonly string[]): Promise<KeyPair> {
  const [certificate, key, { issueClient }] = await Promise.all([
    readFile(join(data, "pki", "ca.crt"), "utf8"),
    readFile(join(data, "pki", "ca.key"), "utf8"),
    import("./issue-certificates.js"),
  ]);
  return issueClient({ certificate, key }, user, groups, new Date());
}
