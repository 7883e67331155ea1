import { encodeYaml } from "@quarterdeck/wire";
import type { Arguments } from "../flags.js";
import { chooseChanges } from "../history/choose-changes.js";
import { withObject } from "../history/find-object.js";
import type { Change, NamedObject } from "../history/object-history.js";
import { unifiedDiff } from "../history/unified-diff.js";

const COLOURS: { readonly [sign: string]: string } = { "-": "31", "+": "32", "@": "36" };

/** The state as YAML, as `kubectl get -o yaml` shows it, but for what every write changes: the title has the revision. */
function yamlOf(change: Change | undefined): string {
  if (change?.object === undefined) return "";
  const { metadata, ...rest } = change.object;
  const { managedFields: _, resourceVersion: __, ...shown } = Object(metadata);
  return encodeYaml({ ...rest, metadata: shown });
}

function title({ resource, namespace, name }: NamedObject, change: Change | undefined): string {
  const what = [resource.resource, namespace, name].filter((part) => part !== "").join("/");
  if (change === undefined) return `${what}  (not there yet)`;
  const told = [`revision ${change.revision}`, change.type, change.time, change.user];
  return `${what}  ${told.filter((part) => part !== undefined).join(", ")}`;
}

function coloured(line: string): string {
  const colour = COLOURS[line.charAt(0)];
  return colour === undefined ? line : `\x1b[${colour}m${line}\x1b[0m`;
}

/** `diff RESOURCE NAME`: what is different between two states of an object, the last change by default. */
export async function diff(given: Arguments): Promise<number> {
  return withObject(given, async (connection, object) => {
    const { from, to } = await chooseChanges(connection, object, given.flags);
    const lines = unifiedDiff(yamlOf(from), yamlOf(to));
    if (lines.length === 0) {
      process.stderr.write("the two states are alike\n");
      return 0;
    }
    const all = [`--- ${title(object, from)}`, `+++ ${title(object, to)}`, ...lines];
    const paint = process.stdout.isTTY === true && (process.env.NO_COLOR ?? "") === "";
    process.stdout.write(`${(paint ? all.map(coloured) : all).join("\n")}\n`);
    return 0;
  });
}
