import { ChainEditError, type FilterEdit, type NamedFilter } from "@quarterdeck/http";
import type { Filter, Lifecycle } from "@quarterdeck/sdk";
import type { LoadedChainEdit } from "../blueprint/load-plugins.js";
import { ConfigError } from "../config/config-error.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";

/** The edits of the config as the chain takes them, their plugins made. */
export function filterEdits(
  edits: readonly LoadedChainEdit[],
  make: (plugin: LoadedService<"filter">) => Filter & Lifecycle,
): readonly FilterEdit[] {
  return edits.map((edit): FilterEdit => {
    if ("remove" in edit) return { remove: edit.remove };
    const use: NamedFilter = {
      name: edit.use.name,
      filter: make(edit.use),
      source: `${edit.path} (${edit.use.origin})`,
    };
    if (edit.place === "before") return { before: edit.filter, use };
    return edit.place === "after" ? { after: edit.filter, use } : { replace: edit.filter, use };
  });
}

/** An edit that the chain refused, as a mistake in the config. */
export function chainEditMistake(error: unknown, edits: readonly LoadedChainEdit[], file: string | undefined): unknown {
  if (!(error instanceof ChainEditError)) return error;
  const edit = edits[error.index];
  const place = edit === undefined || "remove" in edit ? "remove" : edit.place;
  // The message names path and suggestion itself, which the line tells in its own way.
  const message = error.message.replace(/^filters\[\d+\]: /, "").replace(/; did you mean .*$/, "");
  return new ConfigError(message, {
    path: `filters[${error.index}].${place}`,
    value: error.filter,
    file,
    nearest: error.suggestion,
    cause: error,
  });
}
