/** A file is no backup, or not the whole and unchanged backup that was written. */
export class DamagedBackupError extends Error {
  override readonly name = "DamagedBackupError";
}
