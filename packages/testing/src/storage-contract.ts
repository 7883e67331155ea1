import { describe, it } from "vitest";
import { commitCases } from "./storage/commit-cases.js";
import { compactionCases } from "./storage/compaction-cases.js";
import { expiryCases } from "./storage/expiry-cases.js";
import { noteCases } from "./storage/note-cases.js";
import { readCases } from "./storage/read-cases.js";
import { reopenCases } from "./storage/reopen-cases.js";
import { restoreCases } from "./storage/restore-cases.js";
import type { StorageCase, StorageContractOptions } from "./storage/subject.js";
import { transactionCases } from "./storage/transaction-cases.js";
import { versionCases } from "./storage/version-cases.js";
import { watchCases } from "./storage/watch-cases.js";

export type { StorageContractOptions, StorageSubject } from "./storage/subject.js";
export { WatchProbe } from "./storage/watch-probe.js";

const GROUPS: { readonly [group: string]: readonly StorageCase[] } = {
  commit: commitCases,
  transaction: transactionCases,
  read: readCases,
  versions: versionCases,
  notes: noteCases,
  watch: watchCases,
  compaction: compactionCases,
  expiry: expiryCases,
  reopen: reopenCases,
  restore: restoreCases,
};

/**
 * The suite that every storage backend passes: call it at the top of a vitest file. Each case gets a fresh store.
 * A case that is skipped shows its reason; a skip of a case that does not exist is an error.
 */
export function storageContract(options: StorageContractOptions): void {
  const skips = new Map(Object.entries(options.skip ?? {}));
  const titles = new Set(Object.values(GROUPS).flatMap((cases) => cases.map(({ title }) => title)));
  const unknown = [...skips.keys()].filter((title) => !titles.has(title));
  if (unknown.length > 0) {
    throw new Error(`the storage contract has no case called ${unknown.join(", ")}`);
  }
  describe(`${options.name} keeps the storage contract`, () => {
    for (const [group, cases] of Object.entries(GROUPS)) {
      describe(group, () => {
        for (const { title, run } of cases) {
          const reason = skips.get(title);
          if (reason !== undefined) {
            it.skip(`${title} (skipped: ${reason})`, () => {});
            continue;
          }
          it(title, async (context) => {
            const subject = await options.create();
            try {
              await run(subject, (why) => context.skip(why));
            } finally {
              await subject.destroy();
            }
          });
        }
      });
    }
  });
}
