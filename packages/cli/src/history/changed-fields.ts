import type { JsonObject, JsonValue } from "@quarterdeck/meta";

/** What every write changes by itself, and who owns which field: not what a person asks about. */
const BESIDE: ReadonlySet<string> = new Set([
  "metadata.resourceVersion",
  "metadata.generation",
  "metadata.managedFields",
]);
const LONGEST = 40;

function shown(value: JsonValue | undefined): string {
  if (typeof value === "string") return value.length > LONGEST ? `${JSON.stringify(value.slice(0, LONGEST))}…` : value;
  const text = JSON.stringify(value) ?? "";
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function isContainer(value: JsonValue | undefined): value is JsonObject | JsonValue[] {
  return typeof value === "object" && value !== null;
}

/** `.name`, or `["name"]` for names that a path could not be read with, such as those of labels with a domain. */
function step(path: string, name: string): string {
  if (!/^[\w-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

function members(value: JsonObject | JsonValue[], path: string): Map<string, JsonValue | undefined> {
  if (Array.isArray(value)) return new Map(value.map((item, index) => [`${path}[${index}]`, item]));
  return new Map(Object.entries(value).map(([name, item]) => [step(path, name), item]));
}

/** What is compared by what it contains: an object or a list that came or went is told by its parts. */
function bothMembers(before: JsonValue | undefined, after: JsonValue | undefined, path: string) {
  const [old, now] = [before, after].map((value) => {
    if (value === undefined) return new Map<string, JsonValue | undefined>();
    return isContainer(value) ? members(value, path) : undefined;
  });
  const comparable = before === undefined || after === undefined || Array.isArray(before) === Array.isArray(after);
  return comparable && old !== undefined && now !== undefined && old.size + now.size > 0 ? { old, now } : undefined;
}

function compare(before: JsonValue | undefined, after: JsonValue | undefined, path: string, found: string[]): void {
  if (BESIDE.has(path)) return;
  const both = bothMembers(before, after, path);
  if (both !== undefined) {
    const { old, now } = both;
    for (const inner of new Set([...old.keys(), ...now.keys()])) compare(old.get(inner), now.get(inner), inner, found);
  } else if (before === undefined) found.push(`${path} +${shown(after)}`);
  else if (after === undefined) found.push(`${path} -${shown(before)}`);
  else if (before !== after) found.push(`${path} ${shown(before)}→${shown(after)}`);
}

/** What is different: `spec.replicas 2→3`, `metadata.labels.app +web`, `data.key -old`. */
export function changedFields(before: JsonObject, after: JsonObject): readonly string[] {
  const found: string[] = [];
  compare(before, after, "", found);
  return found;
}
