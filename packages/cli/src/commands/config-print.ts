import { loadConfig, printConfig } from "@quarterdeck/kernel";
import type { Arguments } from "../flags.js";

/** `config print`: every setting with where it is from; plugins are named, not loaded. */
export async function configPrint({ flags }: Arguments): Promise<number> {
  process.stdout.write(`${printConfig(await loadConfig(flags))}\n`);
  return 0;
}
