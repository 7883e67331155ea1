import { createHash } from "node:crypto";
import { MAGIC } from "./backup-frame.js";
import { BACKUP_VERSION, encodeEntry, encodeHeader, encodeTrailer } from "./backup-records.js";
import { countOf, type ReportProgress, type StoredSection } from "./stored-section.js";

/** Small records are sent together, at least so many bytes at a time. */
const CHUNK_BYTES = 64 * 1024;

/** The bytes of a backup of these sections, made as they are asked for. */
export async function* backupBytes(
  sections: readonly StoredSection[],
  created: Date,
  report: ReportProgress = () => {},
): AsyncGenerator<Buffer, void> {
  const hash = createHash("sha256");
  const stores = sections.map(({ name, revision, count }) => ({ name, revision, count }));
  const header = encodeHeader({ version: BACKUP_VERSION, created: created.toISOString(), stores });
  const total = countOf(sections);
  let pending: Buffer[] = [MAGIC, header];
  let bytes = MAGIC.length + header.length;
  let entries = 0;
  const take = (): Buffer => {
    const chunk = Buffer.concat(pending);
    hash.update(chunk);
    pending = [];
    bytes = 0;
    return chunk;
  };
  // The header goes out alone, so that whoever reads knows how much will come.
  yield take();
  for (const section of sections) {
    for await (const entry of section.entries()) {
      const frame = encodeEntry(entry);
      pending.push(frame);
      bytes += frame.length;
      entries++;
      if (bytes < CHUNK_BYTES) continue;
      yield take();
      report(entries, total);
    }
  }
  yield take();
  report(entries, total);
  yield encodeTrailer({ entries, sha256: hash.digest("hex") });
}
