import { ConfigError } from "../config/config-error.js";
import type { Place } from "../config/plugin-reference.js";
import { type GroupResource, parseGroupResource, ruleName } from "./group-resource.js";

const NO_API = ["apiserveripinfo", "serviceipallocations", "servicenodeportallocations"];

/** Why a resource cannot be named, in upstream's words; undefined when it can. */
function mistakeIn(name: string): string | undefined {
  const { group, resource } = parseGroupResource(name);
  if (name !== name.toLowerCase()) return "resource name should not contain capital letters";
  if (name === "*") {
    return "use '*.' to encrypt all the resources from core API group or *.* to encrypt all resources";
  }
  if (NO_API.includes(name)) return "resources which do not have REST API/s cannot be encrypted";
  if (group === "events.k8s.io") {
    return "'*.events.k8s.io' objects are stored using the 'events' API group in etcd. Use 'events' instead in the config file";
  }
  if (group === "extensions") return "'extensions' group has been removed and cannot be used for encryption";
  if (group === "*" && resource !== "*") return "encrypting the same resource across groups is not supported";
  return undefined;
}

function overlaps(one: GroupResource, other: GroupResource): boolean {
  if (one.group === "*" && one.resource === "*") return true;
  return one.group === other.group && (one.resource === "*" || other.resource === "*");
}

/** Checks the resources of one rule as upstream does; throws a {@link ConfigError} for the first mistake. */
export function checkRuleResources(names: readonly string[], { path, origin: file }: Place): readonly GroupResource[] {
  const parsed = names.map(parseGroupResource);
  const pairs = parsed.flatMap((one, index) =>
    parsed.filter((_, at) => at !== index).map((other) => [one, other] as const),
  );
  const texts = parsed.map(ruleName);
  if (new Set(texts).size < texts.length) {
    throw new ConfigError("the same resource cannot be specified multiple times", { path, value: names, file });
  }
  if (pairs.some(([one, other]) => overlaps(one, other))) {
    const message =
      "using overlapping resources such as 'secrets' and '*.' in the same resource list is not allowed as they will be masked";
    throw new ConfigError(message, { path, value: names, file });
  }
  for (const [index, name] of names.entries()) {
    const mistake = mistakeIn(name);
    if (mistake !== undefined) throw new ConfigError(mistake, { path: `${path}[${index}]`, value: name, file });
  }
  return parsed;
}

/** Throws when an earlier rule about a whole group, or about everything, leaves nothing to this resource. */
export function refuseMasked(one: GroupResource, earlier: ReadonlySet<string>, { path, origin: file }: Place): void {
  const masks = [ruleName({ group: one.group, resource: "*" }), "*.*"];
  const mask = masks.find((name) => earlier.has(name));
  if (mask === undefined) return;
  const message = `resource ${JSON.stringify(ruleName(one))} is masked by earlier rule ${JSON.stringify(mask)}`;
  throw new ConfigError(message, { path, file });
}
