import { quoteText } from "@quarterdeck/meta";
import { compareUtf8 } from "@quarterdeck/scheme";
import type { FieldSet } from "../field-set/field-set.js";
import { formatFieldPath } from "../path/format-field-path.js";
import type { FieldPath } from "../path/path-element.js";

/** A field that somebody else owns and that has another value there. */
export interface MergeConflict {
  readonly manager: string;
  readonly path: FieldPath;
}

function messageOf(conflicts: readonly MergeConflict[]): string {
  const [first] = conflicts;
  if (first !== undefined && conflicts.length === 1) {
    return `conflict with ${quoteText(first.manager)}: ${formatFieldPath(first.path)}`;
  }
  const lines: string[] = [];
  let manager: string | undefined;
  for (const conflict of conflicts) {
    if (conflict.manager !== manager) lines.push(`conflicts with ${quoteText(conflict.manager)}:`);
    manager = conflict.manager;
    lines.push(`- ${formatFieldPath(conflict.path)}`);
  }
  return lines.join("\n");
}

/** An apply that was not forced met fields of others. Conflicts are sorted by manager, then in the order of sets. */
export class MergeConflictError extends Error {
  override readonly name = "MergeConflictError";

  private constructor(readonly conflicts: readonly MergeConflict[]) {
    super(messageOf(conflicts));
  }

  /** The error for the fields of each manager. */
  static of(sets: ReadonlyMap<string, FieldSet>): MergeConflictError {
    const conflicts: MergeConflict[] = [];
    for (const manager of [...sets.keys()].sort(compareUtf8)) {
      for (const path of sets.get(manager)?.paths() ?? []) conflicts.push({ manager, path });
    }
    return new MergeConflictError(conflicts);
  }
}
