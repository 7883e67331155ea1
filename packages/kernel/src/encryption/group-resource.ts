import { formatGroupResource } from "@quarterdeck/meta";

/** A resource as an encryption rule names it; both parts may be `*`. */
export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

/** Reads `secrets`, `deployments.apps`, `*.` (the core group), `*.apps` and `*.*`, as upstream's `ParseGroupResource`. */
export function parseGroupResource(text: string): GroupResource {
  const dot = text.indexOf(".");
  return dot === -1 ? { group: "", resource: text } : { group: text.slice(dot + 1), resource: text.slice(0, dot) };
}

/** The same text for the same resource. */
export function ruleName({ group, resource }: GroupResource): string {
  if (group === "" && resource === "*") return "*.";
  return formatGroupResource({ group, resource });
}
