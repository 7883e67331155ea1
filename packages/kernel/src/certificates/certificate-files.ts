import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "@quarterdeck/meta";
import { ConfigError } from "../config/config-error.js";
import { bundleProblem, pairProblem } from "./inspect-certificate.js";
import type { KeyPair } from "./key-pair.js";
import { writePrivateFile } from "./write-private-file.js";

/** A pair of a folder, by the name of its files; undefined when one of them is not there. */
export async function readPair(folder: string, name: string): Promise<KeyPair | undefined> {
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

/** Writes a pair, both files for the owner alone. */
export async function writePair(folder: string, name: string, pair: KeyPair): Promise<KeyPair> {
  await Promise.all([
    writePrivateFile(join(folder, `${name}.crt`), pair.certificate),
    writePrivateFile(join(folder, `${name}.key`), pair.key),
  ]);
  return pair;
}

async function readNamed(path: string, setting: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new ConfigError(reasonOf(error), {
      path: setting,
      value: path,
      cause: error,
    });
  }
}

/** A bundle of authorities that a setting of the config names; a ConfigError when it cannot be read. */
export async function readNamedBundle(path: string, setting: string): Promise<string> {
  const pem = await readNamed(path, setting);
  const problem = bundleProblem(pem);
  if (problem !== undefined) throw new ConfigError(problem, { path: setting, value: path });
  return pem;
}

/** A pair that `certificate` and `certificateKey` of a section name; a ConfigError when it cannot be used. */
export async function readNamedPair(
  { certificate, certificateKey }: { readonly certificate: string; readonly certificateKey: string },
  section: string,
): Promise<KeyPair> {
  const pair = {
    certificate: await readNamed(certificate, `${section}.certificate`),
    key: await readNamed(certificateKey, `${section}.certificateKey`),
  };
  const problem = pairProblem(pair);
  if (problem !== undefined) throw new ConfigError(problem, { path: `${section}.certificate`, value: certificate });
  return pair;
}
