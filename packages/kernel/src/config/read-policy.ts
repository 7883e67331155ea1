import { readFile } from "node:fs/promises";
import { type AuditPolicy, AuditPolicyError, readAuditPolicy } from "@quarterdeck/http";
import { reasonOf } from "@quarterdeck/meta";
import { ConfigError } from "./config-error.js";
import type { ResolvedAuditPolicy } from "./resolved-config.js";

async function contentOf(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  const { parse } = await import("yaml");
  return parse(text);
}

/** Reads the audit policy that a config names; rejects with a {@link ConfigError} that says where in the policy it is wrong. */
export async function readPolicy(named: ResolvedAuditPolicy): Promise<AuditPolicy> {
  const inFile = "file" in named;
  try {
    return readAuditPolicy(inFile ? await contentOf(named.file) : named.content);
  } catch (error) {
    if (error instanceof AuditPolicyError) {
      const path = inFile ? error.path : [named.path, error.path].filter((part) => part !== "").join(".");
      const mistake = { path, value: error.value, nearest: error.nearest, cause: error };
      throw new ConfigError(`the audit policy cannot be used: ${error.message}`, {
        ...mistake,
        file: inFile ? named.file : named.origin,
      });
    }
    const why = reasonOf(error);
    const place = { path: named.path, value: inFile ? named.file : undefined, file: named.origin, cause: error };
    throw new ConfigError(`the audit policy cannot be read: ${why}`, place);
  }
}
