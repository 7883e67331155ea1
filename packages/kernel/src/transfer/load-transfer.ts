/** Loads what moves objects between storages and files; most of the kernel comes with it, so it is apart. */
export async function loadTransfer() {
  const [{ makeStores }, { readSections }, { fillStorages }, { BackupFile, refuseExisting, writeBackupFile }, bytes] =
    await Promise.all([
      import("./make-stores.js"),
      import("./read-sections.js"),
      import("./fill-storages.js"),
      import("./backup-file.js"),
      import("./backup-bytes.js"),
    ]);
  const { backupBytes } = bytes;
  return { makeStores, readSections, fillStorages, BackupFile, refuseExisting, writeBackupFile, backupBytes };
}
