import { type AttributeIndex, LONGEST_VALUE } from "./attribute-index.js";
import type { CacheState } from "./cache-state.js";
import type { CachedObject } from "./cached-object.js";
import type { ObjectSelector, SelectorCondition } from "./object-selector.js";
import { compareKeys } from "./object-tree.js";

/** Objects of a scope in key order, behind a key: all that a selector may choose. */
export interface Candidates {
  /** Whether each of them is chosen, so that the predicate need not be asked. */
  readonly chosen: boolean;
  visit(visit: (object: CachedObject) => boolean): void;
  /** How many lie behind a key. */
  behind(key: string): number;
}

/** A condition with its index, and how many objects meet it. */
interface Answer {
  readonly condition: SelectorCondition;
  readonly index: AttributeIndex;
  readonly count: number;
}

/** What a list or the start of a watch has to look at, by the index that leaves the least; else the whole scope. */
export function candidates(
  state: CacheState,
  selector: ObjectSelector | undefined,
  scope: string,
  after: string | undefined,
): Candidates {
  const { objects } = state;
  const whole: Candidates = {
    chosen: false,
    visit: (visit) => objects.walk(scope, after, visit),
    behind: (key) => objects.count(scope, key),
  };
  const best = selector && bestAnswer(state, selector, scope, after);
  if (selector === undefined || best === undefined) return whole;
  const { condition, index } = best;
  const { values } = condition;
  const chosen = selector.complete && selector.conditions.length === 1;
  const [value] = values ?? [];
  if (values?.length === 1 && value !== undefined) {
    return {
      chosen,
      visit: (visit) => index.visit(value, scope, after, visit),
      behind: (key) => index.count(value, scope, key),
    };
  }
  // What several values have is in key order by value only; with most of the scope the tree's own order is cheaper.
  if (best.count * 8 > objects.count(scope, undefined)) return whole;
  return sorted(gather(index, values, scope, after), chosen);
}

function bestAnswer(
  state: CacheState,
  { conditions }: ObjectSelector,
  scope: string,
  after: string | undefined,
): Answer | undefined {
  let best: Answer | undefined;
  for (const condition of conditions) {
    const { attribute, values } = condition;
    const index = values?.some((value) => value.length >= LONGEST_VALUE) === true ? undefined : state.index(attribute);
    if (index === undefined) continue;
    const count = values?.reduce((sum, value) => sum + index.count(value, scope, after), 0) ?? index.size;
    if (best === undefined || count < best.count) best = { condition, index, count };
  }
  return best;
}

function gather(
  index: AttributeIndex,
  values: readonly string[] | undefined,
  scope: string,
  after: string | undefined,
): CachedObject[] {
  const found: CachedObject[] = [];
  const low = after ?? scope;
  if (values === undefined) {
    index.visitAll((object) => {
      if (object.key.startsWith(scope) && compareKeys(object.key, low) > 0) found.push(object);
    });
  } else {
    for (const value of values) index.visit(value, scope, after, (object) => found.push(object) > 0);
  }
  return found.sort((a, b) => compareKeys(a.key, b.key));
}

function sorted(found: readonly CachedObject[], chosen: boolean): Candidates {
  return {
    chosen,
    visit: (visit) => {
      for (const object of found) if (!visit(object)) return;
    },
    behind: (key) => found.reduce((count, object) => count + (compareKeys(object.key, key) > 0 ? 1 : 0), 0),
  };
}
