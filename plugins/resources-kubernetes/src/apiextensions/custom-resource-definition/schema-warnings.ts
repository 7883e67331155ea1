import { quoteText } from "@quarterdeck/meta";
import type { CustomResourceDefinitionSpec, JSONSchemaProps } from "../../types/apiextensions-v1.js";
import { schemasOf } from "./schemas-below.js";
import { sharedParts } from "./shared-parts.js";

/** The formats of texts that are checked, without dashes. */
const TEXT_FORMATS = new Set(
  "bsonobjectid uri email hostname ipv4 ipv6 cidr mac uuid uuid3 uuid4 uuid5 isbn isbn10 isbn13 creditcard ssn hexcolor rgbcolor byte password date duration datetime k8sshortname k8slongname".split(
    " ",
  ),
);
const NUMBER_FORMATS: ReadonlyMap<string, readonly string[]> = new Map([
  ["integer", ["int32", "int64"]],
  ["number", ["float", "double"]],
]);

function hasUnknownFormat({ type = "", format = "" }: JSONSchemaProps): boolean {
  if (format === "") return false;
  if (type === "" || type === "string") return !TEXT_FORMATS.has(format.replaceAll("-", ""));
  return !NUMBER_FORMATS.get(type)?.includes(format);
}

function setWarning({ items, "x-kubernetes-list-type": listType }: JSONSchemaProps): string | undefined {
  const type = Array.isArray(items) ? undefined : items?.type;
  if (listType !== "set" || (type !== "object" && type !== "array")) return undefined;
  return `x-kubernetes-list-type: set for items of type ${quoteText(type)} is not supported by server-side apply or CEL validation rules`;
}

/** A schema that all versions have counts once. */
function schemas({ versions }: CustomResourceDefinitionSpec): readonly JSONSchemaProps[] {
  const shared = sharedParts(versions ?? []).of("schema");
  const found = shared === undefined ? (versions ?? []).map(({ schema }) => schema) : [shared];
  return found.flatMap((one) => (one?.openAPIV3Schema === undefined ? [] : schemasOf(one.openAPIV3Schema)));
}

/** What is allowed in schemas and does not work: formats that are not known, and sets of objects or lists. */
function oddities(spec: CustomResourceDefinitionSpec): readonly string[] {
  const all = schemas(spec);
  const formats = all.filter(hasUnknownFormat).map(({ format = "" }) => `unrecognized format ${quoteText(format)}`);
  const sets = new Set(all.map(setWarning).filter((warning) => warning !== undefined));
  return [...formats, ...[...sets].sort()];
}

/** What to warn of in the schemas of a definition, that the definition before did not have already. */
export function schemaWarnings(
  spec: CustomResourceDefinitionSpec,
  old: CustomResourceDefinitionSpec | undefined,
): readonly string[] {
  const before = new Set(old === undefined ? [] : oddities(old));
  return oddities(spec).filter((warning) => !before.has(warning));
}
