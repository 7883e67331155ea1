import { StatusError } from "@quarterdeck/meta";
import { formatFieldPath, type MergeConflictError } from "@quarterdeck/structured-merge";
import { describeManager } from "./manager-name.js";

type Conflicts = MergeConflictError["conflicts"];

function message(conflicts: Conflicts): string {
  const [first, second] = conflicts;
  if (first !== undefined && second === undefined) {
    const where = formatFieldPath(first.path);
    return `Apply failed with 1 conflict: conflict with ${describeManager(first.manager)}: ${where}`;
  }
  const lines: string[] = [];
  for (const manager of [...new Set(conflicts.map((one) => one.manager))].sort()) {
    lines.push(`conflicts with ${describeManager(manager)}:`);
    for (const one of conflicts) if (one.manager === manager) lines.push(`- ${formatFieldPath(one.path)}`);
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join("\n")}`;
}

/** 409 Conflict that names who owns what an apply would change; kubectl and client-go read its causes. */
export function applyConflict(conflicts: Conflicts): StatusError {
  return StatusError.of(409, "Conflict", message(conflicts), {
    causes: conflicts.map(({ manager, path }) => ({
      reason: "FieldManagerConflict",
      message: `conflict with ${describeManager(manager)}`,
      field: formatFieldPath(path),
    })),
  });
}
