import { parseApiVersion, reasonOf, StatusError } from "@quarterdeck/meta";
import type { BootstrapObject, Client, Logger } from "@quarterdeck/sdk";
import type { ResourceTable } from "../client/resource-table.js";
import type { LoadedResources } from "../plugin/loaded-plugin.js";

/** A pack asks for an object that the server cannot have; it names pack and object. */
class BootstrapError extends Error {
  constructor(pack: string, object: BootstrapObject, why: string, options?: ErrorOptions) {
    super(
      `resource pack "${pack}": ${object.kind} ${JSON.stringify(object.metadata.name ?? "")} cannot be created: ${why}`,
      options,
    );
    this.name = "BootstrapError";
  }
}

async function ensure(pack: string, object: BootstrapObject, table: ResourceTable, client: Client): Promise<boolean> {
  const { name = "", namespace = "" } = object.metadata;
  const type = parseApiVersion(object.apiVersion);
  const found = type === undefined ? undefined : table.findKind(type.group, type.version, object.kind);
  if (found === undefined) throw new BootstrapError(pack, object, `${object.apiVersion} ${object.kind} is not served`);
  if (table.registry(found.descriptor).store.peek({ namespace, name }) !== undefined) return false;
  try {
    await client.resource(found.descriptor).create(structuredClone(object));
    return true;
  } catch (error) {
    // Another server on the same store was faster.
    if (StatusError.is(error) && error.reason === "AlreadyExists") return false;
    throw new BootstrapError(pack, object, reasonOf(error), { cause: error });
  }
}

/** Creates whichever of the objects that the packs ask for are missing; packs in order, so namespaces come first. */
export async function createBootstrapObjects(
  packs: readonly LoadedResources[],
  table: ResourceTable,
  client: Client,
  logger: Logger,
): Promise<void> {
  for (const { name, definition, options } of packs) {
    const objects = definition?.objects?.(options ?? {}) ?? [];
    const created = await Promise.all(objects.map((object) => ensure(name, object, table, client)));
    const count = created.filter((one) => one).length;
    if (count > 0) logger.debug("created objects that must exist", { pack: name, count });
  }
}
