import { loadConfig } from "@quarterdeck/kernel";
import { applyEach } from "../apply/apply-each.js";
import { applySettings } from "../apply/apply-settings.js";
import { applyTogether } from "../apply/apply-together.js";
import { placeObject } from "../apply/placed-object.js";
import { readManifests } from "../apply/read-manifests.js";
import { connect } from "../client/connect.js";
import { servedResources } from "../client/served-resources.js";
import type { Arguments } from "../flags.js";
import { UsageError } from "../usage-error.js";

/**
 * `apply -f PATH`: applies objects on the server, each for itself or, with `--atomic`, all or none. Namespaces go first,
 * everything else in the order of the files.
 */
export async function apply(given: Arguments): Promise<number> {
  const { flags } = given;
  if (flags.filename === undefined) throw new UsageError("flag --filename is needed: what is to be applied?");
  const settings = applySettings(given);
  const paths = flags.filename.split(",").filter((path) => path !== "");
  const manifests = await readManifests(paths, flags.recursive !== undefined, process.stdin);
  const { connection, namespace } = await connect(await loadConfig(flags));
  try {
    const resources = await servedResources(connection);
    const choice = { namespace: flags.namespace ?? namespace, asked: flags.namespace !== undefined };
    const placed = manifests.map((one) => placeObject(one, resources, choice));
    const objects = [...placed.filter((one) => one.isNamespace), ...placed.filter((one) => !one.isNamespace)];
    if (flags.atomic === undefined) return (await applyEach(connection, objects, settings)) ? 0 : 1;
    await applyTogether(connection, objects, settings);
    return 0;
  } finally {
    connection.close();
  }
}
