import { generateKeyPair, randomUUID } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";
import { promisify } from "node:util";

const generate = promisify(generateKeyPair);

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * The content of a file with a private EC key (P-256: an RSA key would take the start a third of a second), which is made when it is missing: readable by the server's user alone, and
 * whole or not at all, also when several servers start at once.
 */
export async function ownKeyFile(path: string): Promise<string> {
  const there = await readIfThere(path);
  if (there !== undefined) return there;
  const { privateKey } = await generate("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const temporary = `${path}.${randomUUID()}.new`;
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(pem);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(temporary, path);
  } catch (error) {
    // Another server was faster; its key is the one.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(temporary);
  }
  return readFile(path, "utf8");
}
