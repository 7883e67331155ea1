import type { Arguments } from "../flags.js";
import { UsageError } from "../usage-error.js";

/** Who applies, and how. */
export interface ApplySettings {
  readonly fieldManager: string;
  readonly force: boolean;
  readonly dryRun: boolean;
}

/** Reads the flags of `apply`. */
export function applySettings({ flags }: Arguments): ApplySettings {
  const dryRun = flags["dry-run"];
  if (dryRun !== undefined && dryRun !== "server") {
    throw new UsageError(`flag --dry-run takes "server", not "${dryRun}"`);
  }
  return {
    fieldManager: flags["field-manager"] ?? "quarterdeck",
    force: flags["force-conflicts"] !== undefined,
    dryRun: dryRun !== undefined,
  };
}

/** The query that says so, of a single object and of a transaction alike. */
export function applyQuery({ fieldManager, force, dryRun }: ApplySettings): string {
  const query = new URLSearchParams({ fieldManager, force: String(force), fieldValidation: "Strict" });
  if (dryRun) query.set("dryRun", "All");
  return query.toString();
}
