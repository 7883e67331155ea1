import { loadConfig, loadKernel, readBlueprint, TextLogger } from "@quarterdeck/kernel";
import { DEFAULT_CATALOGUE } from "../default-catalogue.js";
import { describeChain } from "../describe/chain.js";
import { describePlugins } from "../describe/plugins.js";
import { describeResources } from "../describe/resources.js";
import { describeRoutes } from "../describe/routes.js";
import type { Arguments } from "../flags.js";

/** `describe [part]`: what the server would be made of; nothing is opened, written or listened on. */
export async function describe({ flags, words: [part] }: Arguments): Promise<number> {
  const blueprint = await readBlueprint(await loadConfig(flags), DEFAULT_CATALOGUE);
  const { describeServer } = await loadKernel();
  const server = describeServer(blueprint, new TextLogger(process.stderr, "warn"));
  const parts: { readonly [name: string]: () => string } = {
    chain: () => describeChain(server),
    routes: () => describeRoutes(server),
    resources: () => describeResources(blueprint),
    plugins: () => describePlugins(blueprint),
  };
  const chosen = part === undefined ? Object.keys(parts) : [part];
  // One part alone is for other programs to read; several need headings.
  const texts = chosen.map((name) => `${part === undefined ? `${name.toUpperCase()}\n` : ""}${parts[name]?.() ?? ""}`);
  process.stdout.write(`${texts.join("\n\n")}\n`);
  return 0;
}
