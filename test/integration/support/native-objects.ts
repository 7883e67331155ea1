import { readFileSync } from "node:fs";
import { join } from "node:path";
import { issueAuthority } from "@quarterdeck/kernel/certificates";
import type { KubeObject } from "@quarterdeck/meta";
import { parseAllDocuments } from "yaml";
import { REPOSITORY_ROOT } from "../../process/repository-root.js";

const FILE = join(REPOSITORY_ROOT, "test/integration/support/native-kinds.yaml");

/** One object of each native kind, as people write them, for the namespace `native`. */
export async function nativeObjects(): Promise<readonly KubeObject[]> {
  const { certificate } = await issueAuthority(new Date(), "native-kinds");
  const text = readFileSync(FILE, "utf8").replace("TRUST_BUNDLE", () => JSON.stringify(certificate));
  return parseAllDocuments(text).map((document) => document.toJS());
}
