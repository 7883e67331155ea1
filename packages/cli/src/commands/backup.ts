import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { loadConfig, loadTransfer, type ResolvedConfig, readKubeconfig } from "@quarterdeck/kernel";
import { ApiConnection } from "../client/api-connection.js";
import { ServerUnreachableError } from "../client/server-errors.js";
import type { Arguments } from "../flags.js";
import { withProgress } from "../progress.js";
import { makeStoresOf } from "../stores.js";

const PATH = "/quarterdeck/v1/backup";

/** Where the bytes of a backup come from. */
interface BackupSource {
  readonly from: string;
  readonly chunks: AsyncIterable<Buffer>;
  close(): void | Promise<void>;
}

/** The server of the config, if one runs: it holds the embedded store, and a store in memory is nowhere else. */
async function fromServer({ server }: ResolvedConfig): Promise<BackupSource | undefined> {
  if (!existsSync(server.kubeconfig)) return undefined;
  const connection = new ApiConnection(await readKubeconfig(server.kubeconfig));
  const close = (): void => connection.close();
  try {
    const chunks = await connection.open(PATH, "application/octet-stream");
    return { from: `the server at ${connection.server}`, chunks: notBrokenOff(chunks), close };
  } catch (error) {
    close();
    if (error instanceof ServerUnreachableError) return undefined;
    throw error;
  }
}

/** The server tells why only in its log: what it has begun to send has no place for an error. */
async function* notBrokenOff(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  try {
    yield* chunks;
  } catch (cause) {
    throw new Error("the server broke the backup off, its log says why", { cause });
  }
}

async function fromStorages(config: ResolvedConfig, flags: Arguments["flags"]): Promise<BackupSource> {
  const { readSections, backupBytes } = await loadTransfer();
  const owners = await makeStoresOf(config, flags);
  const { storages } = owners;
  await storages.open();
  try {
    const sections = await readSections(owners);
    if (sections.every(({ count }) => count === 0)) {
      throw new Error("the storages of this config hold nothing: is it the right one?");
    }
    return { from: "the storages", chunks: backupBytes(sections, new Date()), close: () => storages.close() };
  } catch (error) {
    await storages.close();
    throw error;
  }
}

/** Ctrl-C leaves no half of a file behind; the exit codes are the shell's. */
function removeOnSignal(partial: string): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => {
      rmSync(partial, { force: true });
      process.exit(code);
    });
  }
}

/** `backup FILE`: a consistent state of all storages in a file, from the running server or, without one, directly. */
export async function backup({ flags, words: [word = ""] }: Arguments): Promise<number> {
  const file = resolve(word);
  const config = await loadConfig(flags);
  const { refuseExisting, writeBackupFile } = await loadTransfer();
  refuseExisting(file);
  const source = (await fromServer(config)) ?? (await fromStorages(config, flags));
  removeOnSignal(`${file}.partial`);
  try {
    const { header } = await withProgress("backing up", (report) => writeBackupFile(file, source.chunks, report));
    const stores = header.stores.map(
      ({ name, count, revision }) => `  ${name}: ${count} objects, revision ${revision}`,
    );
    process.stdout.write(`wrote ${word} from ${source.from}\n${stores.join("\n")}\n`);
  } finally {
    await source.close();
  }
  return 0;
}
