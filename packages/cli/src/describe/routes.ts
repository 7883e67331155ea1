import type { ServerDescription } from "@quarterdeck/kernel";
import { table } from "./table.js";

/** Every path that is served, with its verbs as RBAC knows them. */
export function describeRoutes({ routes }: ServerDescription): string {
  return table([
    ["PATH", "KIND", "VERBS"],
    ...routes.map(({ path, kind, verbs }) => [path, kind === "" ? "-" : kind, verbs.join(" ")]),
  ]);
}
