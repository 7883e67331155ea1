import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkNeededEnum } from "../../checks/check-enum.js";
import { checkImmutable } from "../../checks/check-immutable.js";
import { dns1035LabelErrors } from "../../checks/dns-1035.js";
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionStatus,
  CustomResourceDefinitionVersion,
} from "../../types/apiextensions-v1.js";
import { checkConversion } from "./check-conversion.js";
import { checkNames } from "./check-names.js";
import { checkSchema } from "./check-schema.js";
import { checkColumns, checkDeprecation, checkSelectableFields, checkSubresources } from "./check-version-parts.js";
import { schemasOf } from "./schemas-below.js";
import { type SharedParts, sharedParts } from "./shared-parts.js";

const SCOPES: readonly string[] = ["Cluster", "Namespaced"];

/** Upstream's words, of a version and of what all versions have alike. */
const NO_SCHEMA = {
  version: "may only be set when `version.schema.openAPIV3Schema` is not included",
  all: "may only be set when validations.schema is included",
} as const;

/** A definition but for its metadata. */
export type DefinitionParts = Pick<CustomResourceDefinition, "spec" | "status">;

function checkGroup(group: string, errors: FieldErrors): void {
  const problems = dns1123SubdomainErrors(group);
  if (group === "") errors.required("spec.group");
  else if (problems.length > 0) errors.invalid("spec.group", group, problems.join(","));
  else if (!group.includes(".")) errors.invalid("spec.group", group, "should be a domain with at least one dot");
}

function hasStatus(version: CustomResourceDefinitionVersion): boolean {
  return version.subresources?.status !== undefined;
}

/** The parts that are not those of all versions. */
function checkVersion(
  version: CustomResourceDefinitionVersion,
  shared: SharedParts,
  path: string,
  errors: FieldErrors,
): void {
  const own = <P extends Parameters<SharedParts["of"]>[0]>(part: P) =>
    shared.of(part) === undefined ? version[part] : undefined;
  const problems = dns1035LabelErrors(version.name);
  if (problems.length > 0) errors.invalid(`${path}.name`, version.name, problems.join(","));
  checkDeprecation(version.deprecated === true, version.deprecationWarning, `${path}.deprecationWarning`, errors);
  checkParts(
    { of: own },
    { path, schemaField: "schema", noSchema: NO_SCHEMA.version, status: hasStatus(version) },
    errors,
  );
}

/** Where parts stand, and what is said of fields to select by without a schema. */
interface PartsPlace {
  readonly path: string;
  readonly schemaField: string;
  readonly noSchema: string;
  /** There is a part for the status. */
  readonly status: boolean;
}

function checkParts(parts: SharedParts, place: PartsPlace, errors: FieldErrors): void {
  const { path, schemaField, noSchema, status } = place;
  const schema = parts.of("schema")?.openAPIV3Schema;
  if (schema !== undefined) checkSchema(schema, `${path}.${schemaField}.openAPIV3Schema`, status, errors);
  const subresources = parts.of("subresources");
  if (subresources !== undefined) checkSubresources(subresources, `${path}.subresources`, errors);
  checkColumns(parts.of("additionalPrinterColumns") ?? [], `${path}.additionalPrinterColumns`, errors);
  const fields = parts.of("selectableFields") ?? [];
  if (fields.length > 0 && schema === undefined) errors.invalid(`${path}.selectableFields`, "", noSchema);
  else if (schema !== undefined) checkSelectableFields(fields, schema, `${path}.selectableFields`, errors);
}

function checkVersions(given: CustomResourceDefinitionSpec["versions"] | undefined, errors: FieldErrors): void {
  const versions = given ?? [];
  const names = versions.map(({ name }) => name);
  if (new Set(names).size < names.length)
    errors.invalid("spec.versions", versions, "must contain unique version names");
  if (versions.filter(({ storage }) => storage).length !== 1)
    errors.invalid("spec.versions", given ?? null, "must have exactly one version marked as storage version");
  // upstream keeps the first version as the one of the definition too
  const [first] = names;
  const problems = first === undefined || first === "" ? [] : dns1035LabelErrors(first);
  if (problems.length > 0) errors.invalid("spec.version", first, problems.join(","));
}

/** What is defined; upstream's `validateCustomResourceDefinitionSpec`, with the paths that it has inside. */
export function checkDefinition(
  spec: CustomResourceDefinitionSpec,
  old: CustomResourceDefinitionSpec | undefined,
  errors: FieldErrors,
): void {
  const versions = spec.versions ?? [];
  const shared = sharedParts(versions);
  checkGroup(spec.group, errors);
  checkNeededEnum(spec.scope, SCOPES, "spec.scope", errors);
  for (const [index, { schema }] of versions.entries())
    if (schema?.openAPIV3Schema === undefined) errors.required(`spec.versions[${index}].schema.openAPIV3Schema`);
  const hasDefault = ({ schema }: CustomResourceDefinitionVersion): boolean =>
    schema?.openAPIV3Schema !== undefined && schemasOf(schema.openAPIV3Schema).some((one) => one.default !== undefined);
  if (spec.preserveUnknownFields === true && versions.some(hasDefault))
    errors.invalid("spec.preserveUnknownFields", true, "must be false in order to use defaults in the schema");
  for (const [index, version] of versions.entries()) checkVersion(version, shared, `spec.versions[${index}]`, errors);
  checkVersions(spec.versions, errors);
  const { plural, singular = "", kind, listKind = "" } = spec.names;
  for (const [name, value] of Object.entries({ plural, singular, kind, listKind }))
    if (value === "") errors.required(`spec.names.${name}`);
  checkNames(spec.names, "spec.names", errors);
  const place = { path: "spec", schemaField: "validation", noSchema: NO_SCHEMA.all, status: versions.some(hasStatus) };
  checkParts(shared, place, errors);
  const { strategy = "None" } = spec.conversion ?? {};
  if (strategy !== "None" && spec.preserveUnknownFields === true)
    errors.invalid("spec.conversion.strategy", strategy, "must be None if spec.preserveUnknownFields is true");
  if (spec.conversion !== undefined) checkConversion(spec.conversion, old?.conversion, errors);
}

/** What objects depend on stays as it is; the scope and the kind once the definition is established. */
export function checkDefinitionUpdate(now: DefinitionParts, old: DefinitionParts, errors: FieldErrors): void {
  const { spec } = now;
  const established = (old.status.conditions ?? []).some(
    ({ type, status }) => type === "Established" && status === "True",
  );
  if (established) {
    checkImmutable(spec.scope, old.spec.scope, "spec.scope", errors);
    checkImmutable(spec.names.kind, old.spec.names.kind, "spec.names.kind", errors);
  }
  checkImmutable(spec.group, old.spec.group, "spec.group", errors);
  checkImmutable(spec.names.plural, old.spec.names.plural, "spec.names.plural", errors);
}

/** Objects may be stored in no version that is not defined; upstream's `ValidateCustomResourceDefinitionStoredVersions`. */
export function checkStoredVersions({ spec, status }: DefinitionParts, errors: FieldErrors): void {
  const path = "status.storedVersions";
  const stored = status.storedVersions ?? [];
  if (stored.length === 0) {
    errors.invalid(path, status.storedVersions, "must have at least one stored version");
    return;
  }
  const versions = spec.versions ?? [];
  for (const { name, storage } of versions)
    if (storage && !stored.includes(name)) errors.invalid(path, stored, `must have the storage version ${name}`);
  for (const [index, name] of stored.entries())
    if (!versions.some((version) => version.name === name))
      errors.invalid(
        `${path}[${index}]`,
        name,
        `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`,
      );
}

/** Upstream's `ValidateCustomResourceDefinitionStatus`. */
export function checkDefinitionStatus({ acceptedNames }: CustomResourceDefinitionStatus, errors: FieldErrors): void {
  checkNames(acceptedNames, "status.acceptedNames", errors);
}
