import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { reasonOf } from "@quarterdeck/meta";
import { ConfigError } from "../config/config-error.js";
import type { ResolvedConfig, ResolvedEncryption } from "../config/resolved-config.js";
import { type EncryptionRule, encryptionRules } from "./encryption-rules.js";

/** The rules, and which content of the file they were read from. */
export interface ReadEncryption {
  readonly rules: readonly EncryptionRule[];
  /** As {@link encryptionDigest}; undefined for a configuration that stands in the config. */
  readonly digest: string | undefined;
}

/** The file of the encryption configuration as an absolute path; undefined when it stands in the config itself. */
export function encryptionFile({
  encryption,
  directory,
}: Pick<ResolvedConfig, "encryption" | "directory">): string | undefined {
  return typeof encryption?.source === "string" ? resolve(directory, encryption.source) : undefined;
}

/** What tells one content of the file from another; undefined when it cannot be read. No content is kept: keys stand in it. */
export async function encryptionDigest(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").then(digestOf, () => undefined);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

async function readText(file: string, { source, path, origin }: ResolvedEncryption): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const why = reasonOf(error);
    throw new ConfigError(`the encryption configuration cannot be read: ${why}`, {
      path,
      value: source,
      file: origin,
      cause: error,
    });
  }
}

async function parse(text: string, file: string): Promise<unknown> {
  if (text.trim() === "") throw new ConfigError("the encryption configuration is empty", { file });
  const { LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  // A pretty error shows the lines around it, and keys stand in them.
  const document = parseDocument(text, { prettyErrors: false, lineCounter, logLevel: "error" });
  const [error] = document.errors;
  if (error === undefined) return document.toJS();
  const { line } = lineCounter.linePos(error.pos[0]);
  throw new ConfigError(`the encryption configuration is no YAML: ${error.code} in line ${line}`, { file });
}

/** Reads what the config says about encryption: a file, or the configuration itself. */
export async function readEncryption(
  config: Pick<ResolvedConfig, "encryption" | "directory">,
): Promise<ReadEncryption | undefined> {
  const { encryption } = config;
  if (encryption === undefined) return undefined;
  const { source, path, origin } = encryption;
  const file = encryptionFile(config);
  if (file === undefined) return { rules: encryptionRules(source, { path, origin }), digest: undefined };
  const text = await readText(file, encryption);
  return { rules: encryptionRules(await parse(text, file), { path: "", origin: file }), digest: digestOf(text) };
}
