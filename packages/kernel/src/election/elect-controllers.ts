import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Controller } from "@quarterdeck/sdk";
import type { Assembly } from "../assembly/assemble.js";
import type { MadePlugin } from "../assembly/generation.js";
import type { PluginHost } from "../assembly/plugin-host.js";
import { ElectedController } from "./elected-controller.js";
import { ELECTION_TIMING } from "./election-timing.js";
import { HeldLease, LEASES } from "./held-lease.js";

/** Whether others may be at work on what this server stores, and whether leases can settle who is. */
function leaseStorage({ storages }: Assembly, host: PluginHost): "alone" | "elected" | "unsettled" {
  if (storages.all.every(({ storage }) => storage.embedded === true)) return "alone";
  const found = host.table.find(LEASES);
  const shared = found !== undefined && storages.of(found.descriptor).embedded !== true;
  return shared ? "elected" : "unsettled";
}

/** The one term of a controller that is not elected. */
function unelected({ name, place, instance }: MadePlugin<Controller>, shared: boolean): MadePlugin {
  return { name, place, instance: { start: () => instance.start({ shared }), stop: () => instance.stop() } };
}

/**
 * The controllers as they are started and stopped. Where the store is this server's alone they are what the config names;
 * where others may share it, each works only while it holds its lease, `kube-system/<name>` (docs/adr/0022).
 */
export function electControllers(assembly: Assembly, host: PluginHost): readonly MadePlugin[] {
  const { controllers } = assembly;
  const state = leaseStorage(assembly, host);
  if (state === "alone" || controllers.length === 0) return controllers.map((one) => unelected(one, false));
  const { logger, client } = host;
  if (state === "unsettled") {
    const why = "no leases are served, or they are not in a shared storage";
    logger.warn("controllers work on every server that shares the storage", { why });
    return controllers.map((one) => unelected(one, true));
  }
  const identity = `${hostname()}_${randomUUID()}`;
  return controllers.map((made) => {
    const { name, place, instance } = made;
    if (instance.everyServer === true) return unelected(made, true);
    const failed = (error: unknown): void =>
      logger.warn("the lease of a controller cannot be had", { controller: name, error: String(error) });
    const lease = new HeldLease(client, name, identity, ELECTION_TIMING, failed);
    return { name, place, instance: new ElectedController(instance, lease, ELECTION_TIMING, logger) };
  });
}
