import type { ApiConnection } from "../client/api-connection.js";
import { UsageError } from "../usage-error.js";
import { FORGOTTEN } from "./find-object.js";
import { type Change, type NamedObject, readChanges } from "./object-history.js";

const PAGE = 100;

/** Two states of an object; `from` is undefined for a time before there was one. */
export interface ChosenChanges {
  readonly from: Change | undefined;
  readonly to: Change;
}

/** The changes that made two states, read page by page, since they may lie far back. */
class Search {
  readonly #changes: Change[] = [];
  #end: "unknown" | "born" | "forgotten" = "unknown";

  constructor(
    private readonly connection: ApiConnection,
    private readonly object: NamedObject,
  ) {}

  /** The newest change that fits and the one before it; undefined where the object was not there yet. */
  async newest(fits: (change: Change) => boolean): Promise<Change | undefined> {
    for (let at = 0; ; at++) {
      if (at === this.#changes.length && !(await this.#more())) break;
      const change = this.#changes[at];
      if (change !== undefined && fits(change)) return change;
    }
    if (this.#end === "forgotten") throw new Error(FORGOTTEN);
    return undefined;
  }

  async #more(): Promise<boolean> {
    if (this.#end !== "unknown") return false;
    const last = this.#changes.at(-1);
    const page = { limit: PAGE, ...(last !== undefined && { before: last.revision }) };
    const { changes, more, forgotten } = await readChanges(this.connection, this.object, page);
    this.#changes.push(...changes);
    if (!more) this.#end = forgotten ? "forgotten" : "born";
    return changes.length > 0;
  }
}

function revision(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UsageError(`flag --${flag} takes a revision as history shows it, not "${text}"`);
}

/** Finds the states that `--from` and `--to` mean: those of these revisions, by default what the last change changed. */
export async function chooseChanges(
  connection: ApiConnection,
  object: NamedObject,
  flags: { readonly from?: string; readonly to?: string },
): Promise<ChosenChanges> {
  const from = revision("from", flags.from);
  const upTo = revision("to", flags.to);
  const search = new Search(connection, object);
  const to = await search.newest((change) => upTo === undefined || change.revision <= upTo);
  if (to === undefined) throw new Error(`${object.name} was not there yet at revision ${upTo}`);
  const before = from ?? to.revision - 1;
  return {
    to,
    from:
      to.type === "created" && from === undefined
        ? undefined
        : await search.newest((change) => change.revision <= before),
  };
}
