import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { loadConfig, loadTransfer, type ResolvedConfig, readKubeconfig, TextLogger } from "@quarterdeck/kernel";
import { ApiConnection } from "../client/api-connection.js";
import { ServerUnreachableError } from "../client/server-errors.js";
import { DEFAULT_CATALOGUE } from "../default-catalogue.js";
import type { Arguments } from "../flags.js";
import { withProgress } from "../progress.js";

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
    return { from: `the server at ${connection.server}`, chunks, close };
  } catch (error) {
    close();
    if (error instanceof ServerUnreachableError) return undefined;
    throw error;
  }
}

async function fromStorages(config: ResolvedConfig, verbose: boolean): Promise<BackupSource> {
  const { makeStores, readSections, backupBytes } = await loadTransfer();
  const owners = await makeStores(
    config,
    DEFAULT_CATALOGUE,
    new TextLogger(process.stderr, verbose ? "debug" : "warn"),
  );
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

/** `backup FILE`: a consistent state of all storages in a file, from the running server or, without one, directly. */
export async function backup({ flags, words: [word = ""] }: Arguments): Promise<number> {
  const file = resolve(word);
  const config = await loadConfig(flags);
  const { refuseExisting, writeBackupFile } = await loadTransfer();
  refuseExisting(file);
  const source = (await fromServer(config)) ?? (await fromStorages(config, flags.verbose !== undefined));
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
