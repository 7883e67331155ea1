import { EMPTY_TREE, type Entry, type Tree } from "../field-set/tree.js";
import type { Step } from "../path/step.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { type MergeNode, nodeOfKey } from "../schema/merge-node.js";

function nodeBelow(node: MergeNode | undefined, step: Step): MergeNode | undefined {
  if (step.field !== undefined) return node?.map && nodeOfKey(node.map, step.field);
  return "key" in step.element ? node?.list?.items : undefined;
}

function withNamedBelow(node: MergeNode | undefined, tree: Tree): Tree {
  let result: Entry[] | undefined;
  for (let index = 0; index < tree.length; index++) {
    const entry = tree[index];
    if (entry === undefined) break;
    const { step, child } = entry;
    const below = child && withNamedBelow(nodeBelow(node, step), child);
    const named = child !== undefined && step.field !== undefined && node?.map?.fields.has(step.field) === true;
    const member = entry.member || named;
    const same = member === entry.member && below === child;
    if (!same) result ??= tree.slice(0, index);
    result?.push(same ? entry : { step, member, child: below });
  }
  return result ?? tree;
}

/**
 * A set with the declared fields on the way to its members, as upstream's `EnsureNamedFieldsAreMembers`: with `spec.labels.a`
 * also `spec` and `spec.labels`, but no item of a map or list.
 */
export function withNamedFields(schema: MergeSchema, tree: Tree): Tree {
  return tree.length === 0 ? EMPTY_TREE : withNamedBelow(schema.root, tree);
}
