import { FieldSet } from "../field-set/field-set.js";
import type { Entry, Tree } from "../field-set/tree.js";
import type { Step } from "../path/step.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { type MergeNode, nodeOfKey } from "../schema/merge-node.js";

function nodeBelow(node: MergeNode, step: Step): MergeNode | undefined {
  const shape = node.primary;
  if (shape.kind === "list") return shape.items;
  if (shape.kind !== "map") return undefined;
  return step.field === undefined ? shape.rest : nodeOfKey(shape, step.field);
}

function isDescended(node: MergeNode): boolean {
  const shape = node.primary;
  return shape.kind !== "scalar" && !shape.atomic && !(shape.kind === "map" && shape.untyped);
}

function becomesAtomic(node: MergeNode): boolean {
  const shape = node.primary;
  return shape.kind !== "scalar" && shape.atomic && !(shape.kind === "map" && shape.untyped);
}

function reconcileEntry(node: MergeNode, entry: Entry): Entry {
  const { step, member, child } = entry;
  if (child === undefined) return entry;
  const below = nodeBelow(node, step);
  if (below === undefined) return entry;
  if (becomesAtomic(below)) return { step, member: true, child: undefined };
  const reconciled = isDescended(below) ? reconcileTree(below, child) : child;
  return reconciled === child ? entry : { step, member, child: reconciled };
}

function reconcileTree(node: MergeNode, tree: Tree): Tree {
  let result: Entry[] | undefined;
  for (const [index, entry] of tree.entries()) {
    const reconciled = reconcileEntry(node, entry);
    if (reconciled !== entry) result ??= tree.slice(0, index);
    result?.push(reconciled);
  }
  return result ?? tree;
}

const known = new WeakMap<MergeSchema, WeakMap<Tree, FieldSet>>();

/**
 * A set that was written under another schema, as upstream's `ReconcileFieldSetWithSchema`: who owned something inside what
 * has become atomic owns the whole of it. Nothing is done where something has become granular.
 */
export function reconcileFields(schema: MergeSchema, fields: FieldSet): FieldSet {
  let sets = known.get(schema);
  if (sets === undefined) {
    sets = new WeakMap();
    known.set(schema, sets);
  }
  const before = sets.get(fields.tree);
  if (before !== undefined) return before;
  const tree = isDescended(schema.root) ? reconcileTree(schema.root, fields.tree) : fields.tree;
  const reconciled = tree === fields.tree ? fields : FieldSet.ofTree(tree);
  sets.set(fields.tree, reconciled);
  return reconciled;
}
