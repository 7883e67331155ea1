import { resolve } from "node:path";
import { loadConfig, loadTransfer, TextLogger } from "@quarterdeck/kernel";
import { DEFAULT_CATALOGUE } from "../default-catalogue.js";
import type { Arguments } from "../flags.js";
import { withProgress } from "../progress.js";

/** `restore FILE`: fills the empty storages of the config with a backup, which is read to its end and checked before. */
export async function restore({ flags, words: [word = ""] }: Arguments): Promise<number> {
  const config = await loadConfig(flags);
  const { BackupFile, makeStores, fillStorages } = await loadTransfer();
  const file = await withProgress("checking", (report) => BackupFile.open(resolve(word), report));
  try {
    const logger = new TextLogger(process.stderr, flags.verbose === undefined ? "warn" : "debug");
    const owners = await makeStores(config, DEFAULT_CATALOGUE, logger);
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
