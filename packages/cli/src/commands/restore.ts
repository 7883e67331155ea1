import { resolve } from "node:path";
import { loadConfig, loadTransfer } from "@quarterdeck/kernel";
import type { Arguments } from "../flags.js";
import { withProgress } from "../progress.js";
import { makeStoresOf, refuseFleeting } from "../stores.js";

/** `restore FILE`: fills the empty storages of the config with a backup, which is read to its end and checked before. */
export async function restore({ flags, words: [word = ""] }: Arguments): Promise<number> {
  const config = await loadConfig(flags);
  const { BackupFile, fillStorages } = await loadTransfer();
  const file = await withProgress("checking", (report) => BackupFile.open(resolve(word), report));
  try {
    const owners = await makeStoresOf(config, flags);
    refuseFleeting(owners);
    await owners.storages.open();
    try {
      await withProgress("restoring", (report) => fillStorages(file.sections, owners, report));
    } finally {
      await owners.storages.close();
    }
    const count = file.sections.reduce((sum, one) => sum + one.count, 0);
    process.stdout.write(`restored ${count} objects of ${file.header.created} from ${word}\n`);
  } finally {
    await file.close();
  }
  return 0;
}
