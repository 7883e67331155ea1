import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BACKUP_PATH, type FixedRoute } from "@quarterdeck/http";
import { StatusError } from "@quarterdeck/meta";
import { storageFailure } from "@quarterdeck/storage";
import { backupBytes } from "./backup-bytes.js";
import type { KeyOwners } from "./key-owners.js";
import { readSections } from "./read-sections.js";

/**
 * GET of a backup of the running server, secrets and all: whoever may read this path may read everything. It is made as
 * fast as the client takes it, in bounded memory; a failure on the way breaks the answer off, and what came is refused
 * by whoever reads it.
 */
export function backupRoute(owners: KeyOwners, now: () => Date): FixedRoute {
  return {
    path: BACKUP_PATH,
    async handle({ res }) {
      const created = now();
      const sections = await readSections(owners).catch((error: unknown) => {
        const failure = storageFailure(error);
        throw StatusError.is(failure) ? failure : StatusError.internal(failure);
      });
      res.writeHead(200, { "content-type": "application/octet-stream", "x-content-type-options": "nosniff" });
      await pipeline(Readable.from(backupBytes(sections, created), { objectMode: false }), res);
    },
  };
}
