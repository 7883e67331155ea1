import { nearest } from "@quarterdeck/scheme";
import type { NamedFilter } from "./named-filter.js";

/** One change to a chain, by the name of a filter that is in it: the config's `ChainEdit` with its plugin made. */
export type FilterEdit =
  | { readonly before: string; readonly use: NamedFilter }
  | { readonly after: string; readonly use: NamedFilter }
  | { readonly replace: string; readonly use: NamedFilter }
  | { readonly remove: string };

/** An edit that cannot be made; `index` is its place in the list and `suggestion` the nearest name in the chain. */
export class ChainEditError extends Error {
  override readonly name = "ChainEditError";

  constructor(
    readonly index: number,
    readonly filter: string,
    readonly suggestion: string | undefined,
    why: string,
  ) {
    super(
      `filters[${index}]: ${why}${suggestion === undefined ? "" : `; did you mean ${JSON.stringify(suggestion)}?`}`,
    );
  }
}

/** Applies edits in order to a chain and gives the new one; throws {@link ChainEditError}. */
export function editChain(filters: readonly NamedFilter[], edits: readonly FilterEdit[]): readonly NamedFilter[] {
  const chain = [...filters];
  for (const [index, edit] of edits.entries()) applyEdit(chain, edit, index);
  return chain;
}

function applyEdit(chain: NamedFilter[], edit: FilterEdit, index: number): void {
  if ("remove" in edit) {
    chain.splice(placeOf(chain, edit.remove, index), 1);
  } else if ("replace" in edit) {
    const at = placeOf(chain, edit.replace, index);
    if (edit.use.name !== edit.replace) refuseDuplicate(chain, edit.use.name, index);
    chain.splice(at, 1, edit.use);
  } else if ("before" in edit) {
    const at = placeOf(chain, edit.before, index);
    refuseDuplicate(chain, edit.use.name, index);
    chain.splice(at, 0, edit.use);
  } else {
    const at = placeOf(chain, edit.after, index);
    refuseDuplicate(chain, edit.use.name, index);
    chain.splice(at + 1, 0, edit.use);
  }
}

function placeOf(chain: readonly NamedFilter[], name: string, index: number): number {
  const at = chain.findIndex((filter) => filter.name === name);
  if (at >= 0) return at;
  const names = chain.map((filter) => filter.name);
  throw new ChainEditError(index, name, nearest(name, names), `no filter is named ${JSON.stringify(name)}`);
}

function refuseDuplicate(chain: readonly NamedFilter[], name: string, index: number): void {
  if (!chain.some((filter) => filter.name === name)) return;
  throw new ChainEditError(index, name, undefined, `a filter named ${JSON.stringify(name)} is in the chain already`);
}
