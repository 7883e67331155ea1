import { type KeyOwners, loadTransfer, type ResolvedConfig, TextLogger } from "@quarterdeck/kernel";
import { DEFAULT_CATALOGUE } from "./default-catalogue.js";
import type { Arguments } from "./flags.js";
import { UsageError } from "./usage-error.js";

/** The storages of a config, made and not open. */
export async function makeStoresOf(config: ResolvedConfig, flags: Arguments["flags"]): Promise<KeyOwners> {
  const { makeStores } = await loadTransfer();
  return makeStores(
    config,
    DEFAULT_CATALOGUE,
    new TextLogger(process.stderr, flags.verbose === undefined ? "warn" : "debug"),
  );
}

/** Refuses to fill what ends with this process: an embedded storage that keeps its data nowhere. */
export function refuseFleeting({ storages }: KeyOwners): void {
  const fleeting = storages.all.find(({ storage }) => storage.embedded === true && storage.location === undefined);
  if (fleeting === undefined) return;
  throw new UsageError(`${fleeting.name} is kept in memory: nothing would be left of what is put there`);
}
