import { FieldErrors, formatApiVersion, isJsonObject, type JsonObject } from "@quarterdeck/meta";
import {
  type Constructor,
  type MessageShape,
  messageRecord,
  partsRecord,
  type ResourceOptions,
  structureRecord,
} from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import { compileHooks } from "../hooks/compile-hooks.js";
import { compileSubresources } from "../hooks/compile-subresources.js";
import { compileNormaliser } from "../normalise/compile-normaliser.js";
import { lazyNormaliser } from "../normalise/lazy-normaliser.js";
import { compileClassSchema } from "../schema/class-schema.js";
import { countRules } from "../schema/count-rules.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { compileColumns } from "./compile-columns.js";
import { compileParts } from "./compile-parts.js";
import { compileScale } from "./compile-scale.js";
import { compileSelectableFields } from "./compile-selectable-fields.js";
import { type ConversionEnd, compileConversion, IDENTITY } from "./conversion.js";
import { deepFreeze } from "./deep-freeze.js";
import type { HookDescriptor, Normaliser, VersionDescriptor } from "./resource-descriptor.js";

/** A decorated class with what `@Resource` says of it. */
export interface DecoratedClass {
  readonly owner: Constructor;
  readonly options: ResourceOptions;
  readonly source: string;
}

/** What the versions of one kind share. */
export interface VersionContext {
  readonly listKind: string;
  readonly served: boolean;
  /** The end that the other versions convert to and from; undefined while the storage version itself is compiled. */
  readonly storage: ConversionEnd | undefined;
}

/** The protobuf field number of metadata in every kind. */
const METADATA_NUMBER = 1;
const TYPE_FIELDS = ["apiVersion", "kind", "metadata"];
const NO_FIELDS: JsonObject = Object.freeze({});

/** What is compiled of the fields of a class: at once, or when it is first needed where a structure says them. */
interface ClassBody extends Pick<VersionDescriptor, "specField" | "statusField" | "recordedRules"> {
  schema(): StructuralSchema;
  message(): MessageShape | undefined;
  readonly normaliser: Normaliser;
  zeroFields(): JsonObject;
  /** What paths of columns, selectors and the scale are checked against. */
  readonly paths: StructuralSchema;
}

/** A structure is not made to check paths in it. */
const ANYTHING: StructuralSchema = Object.freeze({ type: "object", "x-kubernetes-preserve-unknown-fields": true });

/** Of what an empty object is filled in with just what Go's zero values are: scalars with a default that says more are not there. */
function zeroOf(filled: JsonObject, schema: StructuralSchema): JsonObject {
  const zero: JsonObject = {};
  for (const [name, value] of Object.entries(filled)) {
    const property = schema.properties?.[name] ?? {};
    if (isJsonObject(value)) zero[name] = zeroOf(value, property);
    else if (!property.default) zero[name] = value;
  }
  return zero;
}

function compileBody(owner: Constructor, options: ResourceOptions): ClassBody {
  const structure = structureRecord(owner);
  if (structure === undefined) {
    const schema = rootSchema(owner, options);
    const { spec: specField, status: statusField } = partsRecord(owner);
    const normaliser = compileNormaliser(schema);
    const recordedRules = countRules(schema);
    return {
      schema: () => schema,
      message: () => messageRecord(owner)?.(),
      normaliser,
      zeroFields: () => NO_FIELDS,
      paths: schema,
      specField,
      statusField,
      recordedRules,
    };
  }
  const { spec: specField, status: statusField, make } = structure;
  const normaliser = lazyNormaliser(() => make().schema);
  let zeroFields: JsonObject | undefined;
  return {
    schema: () => make().schema,
    message: () => make().message,
    normaliser,
    zeroFields() {
      const empty = (): JsonObject => normaliser.normalise({}, { unknown: [], errors: new FieldErrors() });
      zeroFields ??= deepFreeze(zeroOf(empty(), make().schema));
      return zeroFields;
    },
    paths: ANYTHING,
    specField,
    statusField,
    recordedRules: 0,
  };
}

/** The schema of a whole object: the fields every object has, then those of the class. */
function rootSchema(owner: Constructor, options: ResourceOptions): StructuralSchema {
  const schema = compileClassSchema(owner);
  const taken = TYPE_FIELDS.find((name) => Object.hasOwn(schema.properties ?? {}, name));
  if (taken !== undefined)
    throw new Place(owner.name, taken).mistake("every object has this field, and the server looks after it");
  const first = Object.entries(schema.protoFields ?? {}).find(([, number]) => number === METADATA_NUMBER);
  if (first !== undefined)
    throw new Place(owner.name, first[0]).mistake("the protobuf field number is that of metadata", METADATA_NUMBER);
  // A copy, since freezing the schema must not freeze lists and objects of the author's.
  const own = structuredClone(schema);
  return deepFreeze<StructuralSchema>({
    ...own,
    ...(options.description === undefined ? {} : { description: options.description }),
    properties: {
      apiVersion: {
        type: "string",
        description: "The group and version of the schema that this object is written in.",
      },
      kind: { type: "string", description: "The kind of the object, in CamelCase; it cannot be changed." },
      metadata: { type: "object", description: "What every object has: name, labels, annotations and more." },
      ...own.properties,
    },
  });
}

function deprecation({ deprecated, kind }: ResourceOptions, apiVersion: string): string | undefined {
  if (deprecated === undefined || deprecated === false) return undefined;
  return typeof deprecated === "string" ? deprecated : `${apiVersion} ${kind} is deprecated`;
}

/** A class says what it answers, or makes what is read, if and only if its objects are not stored. */
function checkUnstored({ owner, options }: DecoratedClass, { answer, readObjects }: HookDescriptor): void {
  const isStored = options.stored ?? true;
  if (isStored && answer !== undefined)
    throw new Place(owner.name, "answer").mistake("only a resource with stored: false answers");
  if (isStored && readObjects !== undefined)
    throw new Place(owner.name, "readObjects").mistake("only a resource with stored: false makes what is read");
  if (readObjects !== undefined && options.scope !== "Cluster")
    throw new Place(owner.name, "readObjects").mistake("only a cluster-scoped resource makes what is read");
  if (!isStored && answer === undefined && readObjects === undefined)
    throw new Place(owner.name, "answer").mistake("a resource with stored: false needs it, or a static readObjects");
}

/** Compiles one class to one version. Mistakes are thrown as ResourceDefinitionErrors without a source. */
export function compileVersion(decorated: DecoratedClass, context: VersionContext): VersionDescriptor {
  const { owner, options } = decorated;
  const { group, version, kind } = options;
  const hooks = compileHooks(owner);
  checkUnstored(decorated, hooks);
  const apiVersion = formatApiVersion(options);
  const body = compileBody(owner, options);
  const { normaliser, paths } = body;
  const subresources = compileSubresources(owner, kind);
  const { storage } = context;
  const conversion =
    storage === undefined ? IDENTITY : compileConversion({ owner, apiVersion, kind, normaliser }, storage);
  return Object.freeze<VersionDescriptor>({
    group,
    version,
    apiVersion,
    kind,
    listKind: context.listKind,
    storage: storage === undefined,
    served: context.served,
    deprecationWarning: deprecation(options, apiVersion),
    get schema() {
      return body.schema();
    },
    get message() {
      return body.message();
    },
    normaliser,
    get zeroFields() {
      return body.zeroFields();
    },
    hooks,
    columns: compileColumns(owner, owner.name, paths, options.defaultColumns ?? true),
    selectableFields: compileSelectableFields(owner, owner.name, paths),
    specField: body.specField,
    statusField: body.statusField,
    scale: compileScale(owner, owner.name, paths),
    subresources,
    parts: compileParts(owner, options, subresources),
    recordedRules: body.recordedRules,
    toStorage: conversion.toStorage,
    fromStorage: conversion.fromStorage,
    get description() {
      return options.description ?? body.schema().description ?? "";
    },
  });
}
