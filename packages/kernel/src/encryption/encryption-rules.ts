import { isJsonObject, type JsonObject } from "@quarterdeck/meta";
import { nearest } from "@quarterdeck/scheme";
import { ConfigError } from "../config/config-error.js";
import type { Place } from "../config/plugin-reference.js";
import type { NamedReference } from "../config/resolved-config.js";
import { checkRuleResources, refuseMasked } from "./check-rule-resources.js";
import { type GroupResource, ruleName } from "./group-resource.js";

/** A provider of a rule: values as they are, or a plugin. */
export type RuleProvider = "identity" | NamedReference;

/** Resources and how they are encrypted: the first provider writes, all of them read. */
export interface EncryptionRule {
  readonly resources: readonly GroupResource[];
  readonly providers: readonly RuleProvider[];
}

const API_VERSION = "apiserver.config.k8s.io/v1";
const KIND = "EncryptionConfiguration";

// Nothing here tells the value of what holds providers: keys stand in them.
function objectAt(value: unknown, { path, origin: file }: Place, known: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw new ConfigError("must be an object", { path, file });
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const at = path === "" ? key : `${path}.${key}`;
    throw new ConfigError(`unknown key "${key}"`, { path: at, file, nearest: nearest(key, known) });
  }
  return value;
}

function listAt(value: unknown, { path, origin: file }: Place, what: string): readonly unknown[] {
  if (value !== undefined && !Array.isArray(value)) throw new ConfigError("must be a list", { path, file });
  if (value === undefined || value.length === 0)
    throw new ConfigError(`at least one ${what} is required`, { path, file });
  return value;
}

function textAt(value: unknown, { path, origin: file }: Place): string {
  if (typeof value === "string" && value !== "") return value;
  throw new ConfigError("must be a text", { path, file });
}

function providerAt(value: unknown, { path, origin }: Place): RuleProvider {
  if (!isJsonObject(value)) throw new ConfigError("must be an object", { path, file: origin });
  const [first, ...others] = Object.entries(value);
  if (first === undefined) throw new ConfigError("names no provider", { path, file: origin });
  if (others.length > 0) {
    const message = "more than one provider specified in a single element, should split into different list elements";
    throw new ConfigError(message, { path, file: origin });
  }
  const [name, said] = first;
  const options = said ?? {};
  const at = `${path}.${name}`;
  if (!isJsonObject(options)) throw new ConfigError("must be an object", { path: at, file: origin });
  if (name !== "identity") return { path: at, optionsPath: at, value: undefined, target: name, options, origin };
  const [stranger] = Object.keys(options);
  if (stranger !== undefined)
    throw new ConfigError("identity takes no options", { path: `${at}.${stranger}`, file: origin });
  return "identity";
}

/** Upstream's rule for key services: the name stands in the prefix, so no two may share it. */
function checkKmsName(provider: RuleProvider, names: Set<unknown>): void {
  if (provider === "identity" || provider.target !== "kms") return;
  const { name } = provider.options;
  if (names.has(name)) {
    const message = `duplicate KMS provider name ${String(name)}, names must be unique`;
    throw new ConfigError(message, { path: `${provider.path}.name`, file: provider.origin });
  }
  names.add(name);
}

/** Reads an `EncryptionConfiguration`; throws a {@link ConfigError} with the place of the first mistake, and never with a key. */
export function encryptionRules(content: unknown, { path, origin }: Place): readonly EncryptionRule[] {
  const at = (below: string): Place => ({ path: path === "" ? below : `${path}.${below}`, origin });
  const root = objectAt(content, { path, origin }, ["apiVersion", "kind", "resources"]);
  for (const [key, wanted] of Object.entries({ apiVersion: API_VERSION, kind: KIND })) {
    if (root[key] === wanted) continue;
    throw new ConfigError(`must be ${wanted}`, { ...at(key), value: root[key], file: origin });
  }
  const earlier = new Set<string>();
  const kmsNames = new Set<unknown>();
  return listAt(root.resources, at("resources"), "resources").map((value, index): EncryptionRule => {
    const place = at(`resources[${index}]`);
    const below = (key: string): Place => ({ path: `${place.path}.${key}`, origin });
    const rule = objectAt(value, place, ["resources", "providers"]);
    const list = below("resources");
    const item = (at: Place, index: number): Place => ({ path: `${at.path}[${index}]`, origin });
    const names = listAt(rule.resources, list, list.path).map((name, at) => textAt(name, item(list, at)));
    const resources = checkRuleResources(names, list);
    for (const [at, one] of resources.entries()) refuseMasked(one, earlier, item(list, at));
    for (const one of resources) earlier.add(ruleName(one));
    const providers = listAt(rule.providers, below("providers"), below("providers").path).map((provider, at) =>
      providerAt(provider, item(below("providers"), at)),
    );
    for (const provider of providers) checkKmsName(provider, kmsNames);
    return { resources, providers };
  });
}
