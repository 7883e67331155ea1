import type { GroupVersionKind, JsonObject, JsonValue } from "@quarterdeck/meta";
import { setOwn } from "@quarterdeck/meta";
import type { ResourceDescriptor, SchemaValidations, StructuralSchema } from "@quarterdeck/scheme";
import { patchExtensions } from "@quarterdeck/scheme";
import type { Definitions } from "./definitions.js";
import { metaDefinition } from "./meta-definition.js";
import { kindExtension, typeFields } from "./schema-shorthand.js";

/** Schemas nested deeper are described as objects of any content; no real one comes near. */
const MAX_DEPTH = 100;

const SCALAR_KEYWORDS = [
  "type",
  "title",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "enum",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "required",
  "x-kubernetes-preserve-unknown-fields",
  "x-kubernetes-embedded-resource",
  "x-kubernetes-int-or-string",
  "x-kubernetes-list-type",
  "x-kubernetes-list-map-keys",
  "x-kubernetes-map-type",
  "x-kubernetes-validations",
] as const satisfies readonly (keyof StructuralSchema)[];

/** Of the place that uses a schema, not of the schema: beside the `$ref` when the schema is a definition of its own. */
const PLACE_KEYWORDS = [
  "description",
  "default",
  "nullable",
  "example",
] as const satisfies readonly (keyof StructuralSchema)[];

/** Fields of Go's types: their zero values are defaults to OpenAPI v3, but not in lists and maps, and none to Swagger 2.0. */
function isOfGo({ go, definition }: StructuralSchema): boolean {
  return go !== undefined || definition !== undefined;
}

/** Writes structural schemas as OpenAPI schemas, nested classes as definitions of their own. */
export class SchemaWriter {
  /** `prefix` is that of the definition names of the version; typed kinds say how a strategic patch merges lists. */
  constructor(
    private readonly definitions: Definitions,
    private readonly prefix: string,
    private readonly flavour: ResourceDescriptor["flavour"],
  ) {}

  /** The schema of a whole kind: the metadata is a reference, the class is not. */
  kind(schema: StructuralSchema, description: string): JsonObject {
    const { properties = {}, ...rest } = schema;
    const written = this.#keywords(rest, 0);
    const { apiVersion, kind } = typeFields();
    const metadata = this.definitions.meta("ObjectMeta", {
      description: "Name, namespace, labels and the like.",
      ...(isOfGo(schema) && this.definitions.dialect === "v3" ? { default: {} } : {}),
    });
    const own: JsonObject = { apiVersion, kind, metadata };
    for (const [name, property] of Object.entries(properties)) {
      if (name !== "apiVersion" && name !== "kind" && name !== "metadata") setOwn(own, name, this.#place(property, 1));
    }
    const text = description === "" ? (schema.description ?? schema.definitionDescription) : description;
    return { ...(text === undefined ? {} : { description: text }), ...written, properties: own, type: "object" };
  }

  /** The schema of a class that stands alone: what a subresource takes, as a kind of its own where it is called one. */
  input(schema: StructuralSchema, kind: GroupVersionKind): JsonObject {
    const written = this.#place(schema, 0);
    const { definition } = schema;
    const known = definition === undefined ? undefined : this.definitions.get(definition);
    if (definition !== undefined && known !== undefined)
      this.definitions.set(definition, { ...known, ...kindExtension(kind.kind, [kind]) });
    return written;
  }

  #place(schema: StructuralSchema, depth: number, isField = true): JsonObject {
    if (depth > MAX_DEPTH) return { type: "object" };
    const beside: JsonObject = {};
    for (const keyword of PLACE_KEYWORDS) {
      if (schema[keyword] !== undefined) beside[keyword] = schema[keyword];
    }
    if (isOfGo(schema) && (this.definitions.dialect === "v2" || !isField)) delete beside.default;
    if (this.flavour === "typed") Object.assign(beside, patchExtensions(schema));
    if (schema.definition !== undefined) return this.#defined(schema.definition, schema, beside, depth);
    const written = this.#keywords(schema, depth);
    if (this.definitions.dialect === "v2" && beside.nullable === true) {
      // Swagger 2.0 has no null, and clients that check against it must let null pass.
      for (const keyword of ["nullable", "type", "items", "properties", "additionalProperties"]) {
        delete beside[keyword];
        delete written[keyword];
      }
      return { ...beside, ...written };
    }
    if (this.definitions.dialect === "v2") delete beside.nullable;
    if (schema.className !== undefined && schema.type === "object" && schema.properties !== undefined) {
      const name = `${this.prefix}${schema.className}`;
      if (this.definitions.offer(name, written)) return this.definitions.reference(name, beside);
    }
    return { ...beside, ...written };
  }

  /** A type that has the same definition wherever it stands, written once. */
  #defined(name: string, schema: StructuralSchema, beside: JsonObject, depth: number): JsonObject {
    const meta = metaDefinition(name);
    if (meta !== undefined) {
      const { default: preset, ...rest } = beside;
      // A number or a text is not said to be the default of a type that may be either.
      return this.definitions.meta(meta, typeof preset === "object" ? beside : rest);
    }
    if (!this.definitions.claims(name, schema.properties)) return { ...beside, ...this.#keywords(schema, depth) };
    if (this.definitions.get(name) === undefined) {
      const { definitionDescription: description } = schema;
      this.definitions.set(name, {});
      this.definitions.set(name, {
        ...(description === undefined ? {} : { description }),
        ...this.#keywords(schema, 0),
      });
    }
    return this.definitions.reference(name, beside);
  }

  #keywords(schema: StructuralSchema, depth: number): JsonObject {
    const written: JsonObject = {};
    for (const keyword of SCALAR_KEYWORDS) {
      const value: unknown = schema[keyword];
      if (value !== undefined) written[keyword] = plain(value);
    }
    if (schema["x-kubernetes-int-or-string"] === true) delete written.type;
    if (schema.items !== undefined) written.items = this.#place(schema.items, depth + 1, false);
    if (schema.properties !== undefined) written.properties = this.#properties(schema.properties, depth + 1);
    const { additionalProperties } = schema;
    if (typeof additionalProperties === "boolean") written.additionalProperties = additionalProperties;
    else if (additionalProperties !== undefined) {
      written.additionalProperties = this.#place(additionalProperties, depth + 1, false);
    }
    if (schema["x-kubernetes-embedded-resource"] === true) this.#embed(written);
    if (this.definitions.dialect === "v3") this.#combinations(schema, written, depth + 1);
    return written;
  }

  #properties(properties: { readonly [name: string]: StructuralSchema }, depth: number): JsonObject {
    const written: JsonObject = {};
    for (const [name, property] of Object.entries(properties)) setOwn(written, name, this.#place(property, depth));
    return written;
  }

  /** allOf, anyOf, oneOf and not: Swagger 2.0 has no words for the last three, and upstream leaves out all of them. */
  #combinations(schema: SchemaValidations, written: JsonObject, depth: number): void {
    if (depth > MAX_DEPTH) return;
    for (const keyword of ["allOf", "anyOf", "oneOf"] as const) {
      const branches = schema[keyword];
      if (branches !== undefined) written[keyword] = branches.map((branch) => this.#keywords(branch, depth));
    }
    if (schema.not !== undefined) written.not = this.#keywords(schema.not, depth);
  }

  #embed(written: JsonObject): void {
    const { apiVersion, kind } = typeFields();
    const metadata = this.definitions.meta("ObjectMeta", { description: "Name, namespace, labels and the like." });
    const properties = written.properties;
    written.properties = Object.assign({ apiVersion, kind, metadata }, properties, { metadata });
    const required = Array.isArray(written.required) ? written.required : [];
    written.required = [...new Set([...required, "apiVersion", "kind"])];
  }
}

/** A copy that is JSON for certain: schemas are frozen and readonly, documents are not. */
function plain(value: unknown): JsonValue {
  const copy: JsonValue = JSON.parse(JSON.stringify(value));
  return copy;
}
