import type { FieldErrors, GroupResource, GroupVersion, JsonObject, KubeObject } from "@quarterdeck/meta";
import type {
  ConnectContext,
  ConnectMode,
  HookContext,
  MessageShape,
  PartVerb,
  ResourceOptions,
  ScaleOptions,
  Services,
  SubresourceContext,
  SubresourceVerb,
  WriteEnd,
} from "@quarterdeck/sdk";
import type { StructuralSchema } from "../schema/structural-schema.js";

/** A printed column, its cell function made once. Cells are JSON values; dates are RFC 3339 strings. */
export interface ColumnDescriptor {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  readonly priority: number;
  cell(object: KubeObject): string | number | boolean | null;
}

/** A custom subresource of one version. */
export interface SubresourceDescriptor {
  readonly name: string;
  readonly verbs: readonly SubresourceVerb[];
  /** The kind that discovery names for the body: the input class, or the resource's kind when it takes none. */
  readonly inputKind: string;
  /** The group and version of {@link inputKind}; undefined for those of the resource. */
  readonly inputVersion: GroupVersion | undefined;
  readonly inputSchema: StructuralSchema | undefined;
  /** How the body is written in protobuf, when a structure says it. */
  readonly inputMessage?: MessageShape | undefined;
  /** Defaults, prunes and checks a request body in place of the object's own normaliser; absent without an input class. */
  readonly inputNormaliser: Normaliser | undefined;
  /**
   * Runs the class's method on a copy of `object`. `store` is the object to be stored (the method returned `this`),
   * `answer` any other object to be sent.
   */
  run(
    object: KubeObject,
    input: JsonObject,
    context: SubresourceContext,
  ): Promise<{ store: KubeObject } | { answer: JsonObject }>;
  /** Set for a method that is connected to, in place of being run. */
  readonly connect?: ConnectDescriptor | undefined;
  /** What the method made is stored as it stands and the client is told of the success alone. */
  readonly direct?: boolean;
}

/** A method that is connected to. */
export interface ConnectDescriptor {
  readonly mode: ConnectMode;
  /** The kind of its options, as admission sees them. */
  readonly optionsKind: string;
  /** Runs the class's method on a copy of `object`; undefined when it has answered through the context. */
  open(object: KubeObject, options: JsonObject, context: ConnectContext): Promise<JsonObject | undefined>;
}

/** What normalising found beside the result. */
export interface NormaliseReport {
  /** Paths of fields that the schema does not know, such as `spec.foo`; they were left out of the result. */
  readonly unknown: string[];
  /** Type mismatches, which the caller turns into a 400 (typed) or a 422 (custom). */
  readonly errors: FieldErrors;
}

/** The functions compiled from one structural schema; made once at boot. */
export interface Normaliser {
  /**
   * Rebuilds `input` in schema order without unknown fields, maps with sorted keys, defaults filled in; never keeps
   * a reference into the input that a later write could reach.
   */
  normalise(input: JsonObject, report: NormaliseReport): JsonObject;
  /** Value validations: all errors of the object, with paths and upstream's wording. */
  validate(object: JsonObject, errors: FieldErrors): void;
  /** What is stored of the fields of an object, the same ones where that is all; absent where it always is. */
  settle?(fields: JsonObject): JsonObject;
}

/** The behaviour of a class as plain functions over JSON objects; an absent hook is undefined, so that it costs nothing. */
export interface HookDescriptor {
  readonly default: ((object: KubeObject) => void) | undefined;
  /** Runs before the preparation of a create or an update of the object itself; may change it. */
  readonly begin:
    | ((object: KubeObject, old: KubeObject | undefined, context: HookContext) => Promise<WriteEnd | undefined>)
    | undefined;
  readonly prepareForCreate: ((object: KubeObject, context: HookContext) => void) | undefined;
  readonly prepareForUpdate: ((object: KubeObject, old: KubeObject, context: HookContext) => void) | undefined;
  /** Runs on an update of the status or of one of {@link VersionDescriptor.parts}. */
  readonly prepareForPartUpdate: ((object: KubeObject, old: KubeObject, context: HookContext) => void) | undefined;
  readonly validate: ((object: KubeObject, errors: FieldErrors, context: HookContext) => void) | undefined;
  readonly validateUpdate:
    | ((object: KubeObject, old: KubeObject, errors: FieldErrors, context: HookContext) => void)
    | undefined;
  /** Runs when a delete only marks the object. */
  readonly prepareForDelete: ((object: KubeObject, context: HookContext) => void) | undefined;
  /** The grace in seconds of a first delete; undefined for none. */
  readonly gracePeriod: ((object: KubeObject, asked: number | undefined) => number | undefined) | undefined;
  /** Runs once the object is gone. */
  readonly afterDelete: ((object: KubeObject, context: HookContext) => Promise<void>) | undefined;
  /** What keeps a deleted object besides `metadata.finalizers`. */
  readonly heldBy: ((object: KubeObject) => readonly string[]) | undefined;
  /** Throws or rejects when the user may not write the object. */
  readonly authorize:
    | ((object: KubeObject, old: KubeObject | undefined, context: HookContext) => void | Promise<void>)
    | undefined;
  /** The answer to a POST of a resource that is not stored; it may have fields of any JSON value. */
  readonly answer: ((object: KubeObject, context: HookContext) => Promise<object>) | undefined;
  /** Makes the objects of a resource that is not stored, for each read; not checked for what they are. */
  readonly readObjects: ((services: Services) => Promise<readonly unknown[]>) | undefined;
}

/** One version of a resource. */
export interface VersionDescriptor extends GroupVersion {
  readonly apiVersion: string;
  readonly kind: string;
  readonly listKind: string;
  readonly storage: boolean;
  readonly served: boolean;
  /** The text of the `Warning` header, for a deprecated version. */
  readonly deprecationWarning: string | undefined;
  /** The whole object's schema: apiVersion, kind, metadata and the fields of the class. */
  readonly schema: StructuralSchema;
  /** How objects are written in protobuf, when a structure says it; that of decorated classes follows from the schema. */
  readonly message?: MessageShape | undefined;
  /** Normalises and validates everything but apiVersion, kind and metadata, which the registry looks after. */
  readonly normaliser: Normaliser;
  /**
   * The fields that an object has before anybody says any: those that Go writes of the zero value of its struct, where a
   * structure says the fields, none elsewhere.
   */
  readonly zeroFields: JsonObject;
  readonly hooks: HookDescriptor;
  readonly columns: readonly ColumnDescriptor[];
  /** Field-selector names (`spec.image`) and how to read them; metadata.name and metadata.namespace are always known. */
  readonly selectableFields: ReadonlyMap<string, (object: KubeObject) => string>;
  readonly specField: string | undefined;
  /** Set when the version has a `/status` subresource. */
  readonly statusField: string | undefined;
  readonly scale: ScaleOptions | undefined;
  /** Subresources that are the object itself, beside the status, with their verbs. */
  readonly parts: ReadonlyMap<string, readonly PartVerb[]>;
  readonly subresources: ReadonlyMap<string, SubresourceDescriptor>;
  /** Number of CEL rules recorded, which are not enforced yet. */
  readonly recordedRules: number;
  /** This version → storage version; identity (the same object) on the storage version. */
  toStorage(object: KubeObject): KubeObject;
  /** Storage version → this version; identity on the storage version. */
  fromStorage(object: KubeObject): KubeObject;
  /** What the description of the kind says, for OpenAPI. */
  readonly description: string;
}

/** Everything the server knows about one resource; frozen, made once. */
export interface ResourceDescriptor {
  readonly group: string;
  /** Lowercase plural: the path segment. */
  readonly resource: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /**
   * `typed` kinds behave as native ones (a POST may omit kind, list items carry none); `custom` ones as those of a CustomResourceDefinition.
   */
  readonly flavour: "typed" | "custom";
  readonly nameFormat: NonNullable<ResourceOptions["nameFormat"]>;
  readonly ttlSeconds: number | undefined;
  readonly createOnUpdate: boolean;
  /** A PUT may leave the resourceVersion out. */
  readonly unconditionalUpdate: boolean;
  readonly garbageCollection: NonNullable<ResourceOptions["garbageCollection"]>;
  readonly dependentsWarning?: string | undefined;
  readonly returnDeletedObject: boolean;
  /** By the part that is written; those of one that is not named are the usual ones. */
  readonly resetFields?: ResourceOptions["resetFields"] | undefined;
  /** Writes of `/status` may change what clients may of the metadata. */
  readonly statusMetadata: boolean;
  /** New objects keep the status that they come with. */
  readonly statusOnCreate: boolean;
  /** False: only create is served, which the class answers, or get and list, for which the class makes the objects, or all three. */
  readonly stored: boolean;
  /** The verbs served on the main resource: a subset of the eight. */
  readonly verbs: ReadonlySet<string>;
  /** Served versions by priority (kube-aware order: v2, v1, v1beta2, v1beta1, v1alpha1). */
  readonly servedVersions: readonly VersionDescriptor[];
  /** All versions by name. */
  readonly versions: ReadonlyMap<string, VersionDescriptor>;
  readonly storageVersion: VersionDescriptor;
  /** The resource in whose place the objects are stored: this one, or the one that its class is `storedAs`. */
  readonly storedIn: Readonly<GroupResource>;
  /** Key prefix in the store with a slash at the end: `/registry/configmaps/` or `/registry/<group>/<plural>/`. */
  readonly keyPrefix: string;
  /** Where the class is from, for `describe` and for error messages. */
  readonly source: string;
}
