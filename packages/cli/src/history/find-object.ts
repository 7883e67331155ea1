import { loadConfig } from "@quarterdeck/kernel";
import type { ApiConnection } from "../client/api-connection.js";
import { connect } from "../client/connect.js";
import { findResource } from "../client/find-resource.js";
import type { Arguments } from "../flags.js";
import { UsageError } from "../usage-error.js";
import type { NamedObject } from "./object-history.js";

/** Runs with a connection to the server of the config and the object that the words `RESOURCE NAME` mean there. */
export async function withObject<T>(
  { flags, words: [word = "", name = ""] }: Arguments,
  run: (connection: ApiConnection, object: NamedObject) => Promise<T>,
): Promise<T> {
  const { connection, namespace } = await connect(await loadConfig(flags));
  try {
    const resource = await findResource(connection, word);
    if (!resource.namespaced && flags.namespace !== undefined) {
      throw new UsageError(`${resource.resource} have no namespace`);
    }
    const place = resource.namespaced ? (flags.namespace ?? namespace) : "";
    return await run(connection, { resource, namespace: place, name });
  } finally {
    connection.close();
  }
}

/** What a person reads when older changes are not remembered. */
export const FORGOTTEN =
  "older changes are forgotten: the storage remembers for compactionSeconds, which the config can raise";
