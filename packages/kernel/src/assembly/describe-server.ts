import type { NamedFilter, RouteLine } from "@quarterdeck/http";
import type { Blueprint } from "../blueprint/blueprint.js";
import type { ServerLogger } from "../logging/server-logger.js";
import { StorageSet } from "../storage/storage-set.js";
import { assemble } from "./assemble.js";
import { PluginHost } from "./plugin-host.js";

/** What only a made server knows: its chain with edits applied, and its routes. */
export interface ServerDescription {
  readonly chain: readonly NamedFilter[];
  readonly routes: readonly RouteLine[];
}

/** Makes the server of a blueprint and describes it; nothing is opened, started or listened on. */
export function describeServer(blueprint: Blueprint, logger: ServerLogger): ServerDescription {
  const host = new PluginHost(blueprint.config, logger);
  const storages = StorageSet.make(blueprint.plugins.storages, (plugin) => host.make(plugin));
  const { api } = assemble(blueprint, host, storages, () => "");
  return { chain: api.chain, routes: api.routes };
}
