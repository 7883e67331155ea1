import { nearest } from "@quarterdeck/kernel";
import { UsageError } from "../usage-error.js";
import type { ApiConnection } from "./api-connection.js";
import { type ServedResource, servedResources } from "./served-resources.js";

/** `rollout` or `ro` or `Rollout`, alone or with `.delivery.example.com`. */
function isMeant({ names, group }: ServedResource, word: string): boolean {
  return names.some((name) => word === name || (group !== "" && word === `${name}.${group}`));
}

/** Finds what a person calls a resource by what the server serves, in the version that it prefers; the core group comes first. */
export async function findResource(connection: ApiConnection, word: string): Promise<ServedResource> {
  const resources = await servedResources(connection);
  const asked = word.toLowerCase();
  const found = resources.find((one) => isMeant(one, asked));
  if (found !== undefined) return found;
  const known = resources.flatMap(({ names }) => names);
  throw new UsageError(`the server serves no resource "${word}"`, nearest(asked, known));
}
