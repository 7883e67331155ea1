import { isDeepStrictEqual } from "node:util";
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type KubeObject,
  type PlainRule,
  rulesOf,
} from "@quarterdeck/meta";

type Labels = { readonly [key: string]: string };

function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function meets({ key, operator, values }: JsonObject, labels: Labels): boolean {
  const name = String(key);
  const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
  if (operator === "Exists") return value !== undefined;
  if (operator === "DoesNotExist") return value === undefined;
  if (operator === "In") return value !== undefined && texts(values).includes(value);
  return operator === "NotIn" && (value === undefined || !texts(values).includes(value));
}

/** Whether a label selector in JSON selects these labels; an empty one selects everything. */
function selects({ matchLabels, matchExpressions }: JsonObject, labels: Labels): boolean {
  const wanted = Object.entries(isJsonObject(matchLabels) ? matchLabels : {});
  return (
    wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    objects(matchExpressions).every((one) => meets(one, labels))
  );
}

/** The selectors of a cluster role that gathers the rules of others; undefined when it does not. */
function selectorsOf(role: KubeObject): JsonObject[] | undefined {
  const { aggregationRule } = role;
  return isJsonObject(aggregationRule) && "clusterRoleSelectors" in aggregationRule
    ? objects(aggregationRule.clusterRoleSelectors)
    : undefined;
}

/**
 * The rules that a cluster role gathers from those that its selectors choose, in the order of their names and each once;
 * undefined when it gathers none, or has them already.
 */
export function aggregatedRules(role: KubeObject, all: readonly KubeObject[]): PlainRule[] | undefined {
  const selectors = selectorsOf(role);
  if (selectors === undefined) return undefined;
  const sorted = all
    .filter(({ metadata }) => metadata.name !== role.metadata.name)
    .sort((a, b) => ((a.metadata.name ?? "") < (b.metadata.name ?? "") ? -1 : 1));
  const rules = new Map<string, PlainRule>();
  for (const selector of selectors) {
    for (const other of sorted) {
      if (!selects(selector, other.metadata.labels ?? {})) continue;
      for (const rule of rulesOf(other)) rules.set(JSON.stringify(rule), rule);
    }
  }
  const gathered = [...rules.values()];
  return isDeepStrictEqual(gathered, rulesOf(role)) ? undefined : gathered;
}
