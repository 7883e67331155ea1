import { type Constructor, pluralOf, resourceRecord } from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import { ResourceDefinitionError } from "../definition/resource-definition-error.js";
import { checkNameClashes } from "./check-name-clashes.js";
import { compileVersion, type DecoratedClass } from "./compile-version.js";
import type { ConversionEnd } from "./conversion.js";
import type { HookDescriptor, ResourceDescriptor, VersionDescriptor } from "./resource-descriptor.js";
import { checkResourceOptions, RESOURCE_VERBS } from "./resource-names.js";
import { isServed, type RuntimeConfig } from "./served-version.js";
import { type SharedOptions, sharedOptions } from "./shared-options.js";
import { compareVersions } from "./version-priority.js";

/** What {@link compileResources} needs besides the classes. */
export interface CompileResourcesOptions {
  /** Versions switched on or off; see {@link RuntimeConfig}. */
  readonly runtimeConfig: RuntimeConfig;
  /** Where a class is from: a file or a pack, for error messages and `describe`. */
  sourceOf(owner: Constructor): string;
}

/** Runs a step for one class; its mistakes leave with the file that the class is from. */
function sourced<T>(source: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof ResourceDefinitionError && error.source === "") throw error.from(source);
    throw error;
  }
}

function decorated(owner: Constructor, source: string): DecoratedClass {
  const place = new Place(owner.name, "@Resource");
  const options = resourceRecord(owner);
  if (options === undefined) throw new Place(owner.name).mistake("the class is not decorated with @Resource");
  checkResourceOptions(options, place);
  return { owner, options, source };
}

function byKind(classes: readonly DecoratedClass[]): DecoratedClass[][] {
  const kinds = new Map<string, Map<string, DecoratedClass>>();
  for (const one of classes) {
    const { group, kind, version } = one.options;
    const key = `${group}/${kind}`;
    const versions = kinds.get(key) ?? new Map<string, DecoratedClass>();
    kinds.set(key, versions);
    const other = versions.get(version);
    if (other !== undefined) {
      const problem = `${other.owner.name} (${other.source}) is ${kind} in ${version} of the same group too`;
      throw new Place(one.owner.name, "@Resource").mistake(problem, version).from(one.source);
    }
    versions.set(version, one);
  }
  return [...kinds.values()].map((versions) =>
    [...versions.values()].sort((left, right) => compareVersions(left.options.version, right.options.version)),
  );
}

/** The version that the objects are stored in: one of this kind, or of the one whose objects these are. */
function storageOf(versions: readonly DecoratedClass[]): DecoratedClass {
  const [elsewhere] = versions.flatMap(({ options }) => (options.storedAs === undefined ? [] : [options.storedAs()]));
  if (elsewhere !== undefined) {
    const options = resourceRecord(elsewhere);
    if (options === undefined) throw new Place(elsewhere.name).mistake("the class is not decorated with @Resource");
    return { owner: elsewhere, options, source: versions[0]?.source ?? "" };
  }
  const [first, ...others] = versions;
  if (first === undefined) throw new RangeError("a kind has at least one version");
  const stored = versions.filter((version) => version.options.storage);
  const [storage, second] = stored;
  const names = versions.map((version) => version.options.version).join(", ");
  if (second !== undefined) {
    const problem = `only one version of ${first.options.kind} may be the storage version, and ${storage?.owner.name} is too`;
    throw new Place(second.owner.name, "@Resource").mistake(problem, second.options.version).from(second.source);
  }
  if (storage !== undefined) return storage;
  if (others.length === 0 && first.options.storage === undefined) return first;
  const problem = `no version of ${first.options.kind} says storage: true`;
  throw new Place(first.owner.name, "@Resource").mistake(problem, names).from(first.source);
}

function compileVersions(
  versions: readonly DecoratedClass[],
  shared: SharedOptions,
  runtimeConfig: RuntimeConfig,
): { readonly all: readonly VersionDescriptor[]; readonly storage: VersionDescriptor } {
  const stored = storageOf(versions);
  const compile = (one: DecoratedClass, end: ConversionEnd | undefined): VersionDescriptor =>
    sourced(one.source, () =>
      compileVersion(one, { listKind: shared.listKind, served: isServed(one.options, runtimeConfig), storage: end }),
    );
  const storage = compile(stored, undefined);
  const end = {
    owner: stored.owner,
    apiVersion: storage.apiVersion,
    kind: storage.kind,
    normaliser: storage.normaliser,
  };
  return { all: versions.map((one) => (one === stored ? storage : compile(one, end))), storage };
}

function storedPlace(
  { options: { group, kind, plural } }: DecoratedClass,
  own: string,
  shared: SharedOptions,
): ResourceDescriptor["storedIn"] {
  return Object.freeze({ group, resource: group === own ? shared.plural : (plural ?? pluralOf(kind)) });
}

/** What is served of a resource of which nothing is kept. */
function unstoredVerbs({ answer, readObjects }: HookDescriptor): ReadonlySet<string> {
  return new Set([...(answer === undefined ? [] : ["create"]), ...(readObjects === undefined ? [] : ["get", "list"])]);
}

function compileResource(versions: readonly DecoratedClass[], runtimeConfig: RuntimeConfig): ResourceDescriptor {
  const [first] = versions;
  if (first === undefined) throw new RangeError("a kind has at least one version");
  const { group, kind } = first.options;
  const stored = storageOf(versions);
  const shared = sharedOptions(kind, versions);
  const storedIn = storedPlace(stored, group, shared);
  const { all, storage } = compileVersions(versions, shared, runtimeConfig);
  const isCore = storedIn.group === "" && shared.flavour === "typed";
  return Object.freeze<ResourceDescriptor>({
    group,
    resource: shared.plural,
    singular: shared.singular,
    kind,
    listKind: shared.listKind,
    shortNames: Object.freeze([...shared.shortNames]),
    categories: Object.freeze([...shared.categories]),
    namespaced: shared.scope === "Namespaced",
    flavour: shared.flavour,
    nameFormat: shared.nameFormat,
    ttlSeconds: shared.ttlSeconds,
    createOnUpdate: shared.createOnUpdate,
    unconditionalUpdate: shared.unconditionalUpdate,
    garbageCollection: shared.garbageCollection,
    dependentsWarning: shared.dependentsWarning,
    resetFields: shared.resetFields,
    returnDeletedObject: shared.returnDeletedObject,
    statusMetadata: shared.statusMetadata,
    statusOnCreate: shared.statusOnCreate,
    stored: shared.stored,
    verbs: shared.stored
      ? new Set(RESOURCE_VERBS.filter((verb) => !shared.withoutVerbs.includes(verb)))
      : unstoredVerbs(storage.hooks),
    servedVersions: Object.freeze(all.filter((version) => version.served)),
    versions: new Map(all.map((version) => [version.version, version])),
    storageVersion: storage,
    storedIn,
    keyPrefix: isCore ? `/registry/${storedIn.resource}/` : `/registry/${storedIn.group}/${storedIn.resource}/`,
    source: first.source,
  });
}

/**
 * Compiles decorated classes to descriptors, one for each kind with all its versions, in the order of the classes.
 * Everything is resolved here, once: nothing reads decorators afterwards. A mistake in a class or between classes is
 * thrown as a {@link ResourceDefinitionError}. A kind of which no version is served has no `servedVersions`.
 */
export function compileResources(
  classes: readonly Constructor[],
  options: CompileResourcesOptions,
): readonly ResourceDescriptor[] {
  const all = [...new Set(classes)].map((owner) => {
    const source = options.sourceOf(owner);
    return sourced(source, () => decorated(owner, source));
  });
  const resources = byKind(all).map((versions) => compileResource(versions, options.runtimeConfig));
  checkNameClashes(resources);
  return Object.freeze(resources);
}
