import { isDeepStrictEqual } from "node:util";
import type { KubeObject } from "@quarterdeck/meta";
import { AUTO_UPDATE } from "../bootstrap/bootstrap-objects.js";

/** What the annotation says, as Go reads booleans; undefined when it says neither. */
function said(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (/^(1|t|T|true|TRUE|True)$/.test(value)) return true;
  return /^(0|f|F|false|FALSE|False)$/.test(value) ? false : undefined;
}

/** True when a suggested object is to follow the server: its annotation says so, or nobody has ever changed it. */
function follows(current: KubeObject): boolean {
  return said(current.metadata.annotations?.[AUTO_UPDATE]) ?? current.metadata.generation === 1;
}

/** JSON in which the order of members does not matter. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

/** What an object that exists has to be changed to, undefined when it is right: upstream's rules for automatic updates. */
export function keptObject(current: KubeObject, wanted: KubeObject, mandatory: boolean): KubeObject | undefined {
  const follow = mandatory || follows(current);
  // What the exempt level reserves and lends is for admins to say.
  const own = wanted.kind === "PriorityLevelConfiguration" && wanted.metadata.name === "exempt" && !follows(current);
  const spec = follow && !own ? wanted.spec : current.spec;
  const annotated = said(current.metadata.annotations?.[AUTO_UPDATE]);
  const annotation = own ? false : follow;
  if (annotated === annotation && isDeepStrictEqual(plain(spec), plain(current.spec))) return undefined;
  const better = structuredClone(current);
  better.metadata.annotations = { ...better.metadata.annotations, [AUTO_UPDATE]: String(annotation) };
  better.spec = structuredClone(spec);
  return better;
}
