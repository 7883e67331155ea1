import { existsSync } from "node:fs";
import { ConfigError, type ResolvedConfig, readKubeconfig } from "@quarterdeck/kernel";
import { ApiConnection } from "./api-connection.js";

/** A connection to the server of a config, by its admin kubeconfig or the one that a flag names, and its namespace. */
export async function connect({ server }: ResolvedConfig): Promise<{
  readonly connection: ApiConnection;
  readonly namespace: string;
}> {
  if (!existsSync(server.kubeconfig)) {
    const message = "there is no kubeconfig: start the server once, or name one with --kubeconfig";
    throw new ConfigError(message, { path: "server.kubeconfig", value: server.kubeconfig });
  }
  const client = await readKubeconfig(server.kubeconfig);
  return { connection: new ApiConnection(client), namespace: client.namespace === "" ? "default" : client.namespace };
}
