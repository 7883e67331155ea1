import { resolve } from "node:path";
import { countOf, type KeyOwners, loadConfig, loadTransfer } from "@quarterdeck/kernel";
import type { Arguments } from "../flags.js";
import { withProgress } from "../progress.js";
import { makeStoresOf, refuseFleeting } from "../stores.js";
import { UsageError } from "../usage-error.js";

function refuseSamePlace(source: KeyOwners, target: KeyOwners): void {
  const places = new Set(source.storages.all.flatMap(({ storage }) => storage.location ?? []));
  const same = target.storages.all.find(({ storage }) => places.has(storage.location ?? ""));
  if (same === undefined) return;
  throw new UsageError(`both configs keep ${same.name} in ${same.storage.location}: there is nothing to move`);
}

/** `migrate --to CONFIG`: from the storages of one config straight into the empty ones of another. */
export async function migrate({ flags }: Arguments): Promise<number> {
  if (flags.to === undefined) throw new UsageError("flag --to is missing: which config to move to");
  // Only the source's config is meant by the other flags and by variables.
  const configs = await Promise.all([loadConfig(flags), loadConfig({ config: resolve(flags.to) }, {})]);
  const { readSections, fillStorages } = await loadTransfer();
  const [source, target] = await Promise.all(configs.map((config) => makeStoresOf(config, flags)));
  if (source === undefined || target === undefined) throw new TypeError("a config has storages");
  refuseSamePlace(source, target);
  refuseFleeting(target);
  if (source.storages.all.some(({ storage }) => storage.embedded !== true)) {
    process.stderr.write("what is written to the source meanwhile is not moved: stop its servers first\n");
  }
  await source.storages.open();
  try {
    await target.storages.open();
    try {
      const sections = await readSections(source);
      const count = countOf(sections);
      if (count === 0) throw new Error("the storages of the source hold nothing: is it the right config?");
      await withProgress("moving", (report) => fillStorages(sections, target, report));
      process.stdout.write(`moved ${count} objects; the source still holds them\n`);
    } finally {
      await target.storages.close();
    }
  } finally {
    await source.storages.close();
  }
  return 0;
}
