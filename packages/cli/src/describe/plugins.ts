import type { Blueprint } from "@quarterdeck/kernel";
import { table } from "./table.js";

/** Every plugin with its version, where it is from and where it was named. */
export function describePlugins({ plugins }: Blueprint): string {
  const filters = plugins.filters.flatMap((edit) => ("use" in edit ? [edit.use] : []));
  const all = [
    ...plugins.storages.map(({ plugin }) => plugin),
    ...(plugins.encryption?.rules ?? []).flatMap(({ providers }) => providers.filter((one) => one !== "identity")),
    ...plugins.resources,
    ...plugins.authenticators,
    ...plugins.authorizers,
    ...plugins.admission,
    plugins.flowControl,
    ...plugins.auditSinks,
    ...filters,
    ...plugins.controllers,
  ];
  const rows = all.map((one) => [one.name, one.kind, one.version ?? "-", `${one.path} (${one.origin})`, one.source]);
  return table([["NAME", "KIND", "VERSION", "NAMED AT", "SOURCE"], ...rows]);
}
