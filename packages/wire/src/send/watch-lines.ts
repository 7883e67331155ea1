import type { VersionDescriptor } from "@quarterdeck/scheme";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import { objectFrame, type WatchEventType } from "./watch-frame.js";

/** How the line of one event type is made, and the key it is shared under. */
interface WatchLine {
  readonly key: string;
  make(object: EncodedObject): Buffer;
}

/** The lines of a watch by event type. */
export type WatchLines = { readonly [type in WatchEventType]: WatchLine };

const known = new WeakMap<VersionDescriptor, Map<string, WatchLines>>();

/** The same for every watcher of a version in one form: a thousand watchers look at one key, not at a thousand equal ones. */
export function watchLines(version: VersionDescriptor, representation: Representation): WatchLines {
  let forms = known.get(version);
  if (forms === undefined) {
    forms = new Map();
    known.set(version, forms);
  }
  let lines = forms.get(representation.key);
  if (lines === undefined) {
    lines = makeLines(version, representation);
    forms.set(representation.key, lines);
  }
  return lines;
}

function makeLines(version: VersionDescriptor, representation: Representation): WatchLines {
  const line = (type: WatchEventType): WatchLine => ({
    key: `${type}/${representation.key}/${version.apiVersion}`,
    make: (object) => objectFrame(type, version, representation, object),
  });
  return { ADDED: line("ADDED"), MODIFIED: line("MODIFIED"), DELETED: line("DELETED") };
}
