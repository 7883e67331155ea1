import { createHash } from "node:crypto";
import type { Authenticated } from "@quarterdeck/sdk";

/** A token file that cannot be used; the message names the file and the line. */
class TokenFileError extends Error {
  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.name = "TokenFileError";
  }
}

function digest(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}

/** Splits one CSV line; a cell may be quoted, and `""` inside quotes is a quote. */
function cells(line: string): string[] {
  const found: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at];
    if (quoted && char === '"' && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"') {
      quoted = !quoted;
    } else if (char === "," && !quoted) {
      found.push(cell.trim());
      cell = "";
    } else {
      cell += char;
    }
  }
  return [...found, cell.trim()];
}

/**
 * The users of a token file by the digest of their token. Looking up a digest takes the same time whatever a wrong
 * token has in common with a right one.
 */
export class TokenTable {
  readonly #users = new Map<string, Authenticated>();

  /** Lines of `token,user,uid[,"group1,group2"]` as upstream's `--token-auth-file`; blank lines and `#` lines are skipped. */
  static parse(text: string, file: string): TokenTable {
    const table = new TokenTable();
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (line.trim() === "" || line.startsWith("#")) continue;
      const [token, name, uid, groups] = cells(line);
      if (!token) throw new TokenFileError(file, index + 1, "the token is empty");
      if (!name) throw new TokenFileError(file, index + 1, "the user is empty: a line is token,user,uid[,groups]");
      const key = digest(token);
      if (table.#users.has(key)) throw new TokenFileError(file, index + 1, "the token stands in an earlier line too");
      const user = {
        name,
        ...(uid ? { uid } : {}),
        groups: Object.freeze(groups ? groups.split(",").map((group) => group.trim()) : []),
      };
      table.#users.set(key, { user: Object.freeze(user) });
    }
    return table;
  }

  get size(): number {
    return this.#users.size;
  }

  /** The same object for a token each time, so that what others find out about the user can be kept by it. */
  find(token: string): Authenticated | undefined {
    return this.#users.get(digest(token));
  }
}
