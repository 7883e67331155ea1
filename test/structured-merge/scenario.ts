import { isJsonObject, type JsonObject, setOwn } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import {
  checkStructure,
  compileMergeSchema,
  FieldSet,
  type Manager,
  type Managers,
  MergeConflictError,
  Merger,
  type MergeSchema,
} from "@quarterdeck/structured-merge";
import type { Random } from "../process/random.js";
import { randomObject } from "./random-object.js";
import { changeTypes, randomObjectSchema } from "./random-schema.js";
import type { UpstreamAnswer, UpstreamManager, UpstreamQuestion } from "./upstream.js";

const GROUP = "example.com";

/** Pairs of names of a field of the spec in v1 and v2. */
type Renames = readonly (readonly [string, string])[];

function renameFields<T>(fields: { readonly [name: string]: T }, renames: Renames, to: string): { [name: string]: T } {
  const renamed: { [name: string]: T } = {};
  for (const [name, value] of Object.entries(fields)) {
    const pair = renames.find(([v1, v2]) => name === (to.endsWith("v2") ? v1 : v2));
    setOwn(renamed, pair === undefined ? name : pair[to.endsWith("v2") ? 1 : 0], value);
  }
  return renamed;
}

function convert(object: JsonObject, to: string, renames: Renames): JsonObject {
  const converted: JsonObject = { ...object, apiVersion: to };
  if (!isJsonObject(object.spec)) return converted;
  return { ...converted, spec: renameFields(object.spec, renames, to) };
}

function specOf(schema: StructuralSchema): StructuralSchema {
  return schema.properties?.spec ?? {};
}

/** A kind, its object and who owns what in it: all that a case needs, and what each case leaves to the next. */
export class Scenario {
  readonly #random: Random;
  readonly #renames: Renames;
  readonly #ignored: { readonly [version: string]: JsonObject };
  #schemas: { readonly [version: string]: StructuralSchema };
  #compiled: ReadonlyMap<string, MergeSchema> = new Map();
  #live: JsonObject;
  #liveVersion = `${GROUP}/v1`;
  #managers: Managers = new Map();

  constructor(random: Random) {
    this.#random = random;
    const v1 = randomObjectSchema(random);
    const names = Object.keys(specOf(v1).properties ?? {});
    this.#renames = random.chance(0.5) ? [[random.pick(names), "renamed"]] : [];
    this.#schemas = { v1 };
    if (random.chance(0.4)) this.#schemas = { v1, v2: this.#secondVersion(v1) };
    // Upstream's field managers own neither; its conversions need the first.
    const always = { "f:apiVersion": {}, "f:kind": {} };
    const more = random.chance(0.15) ? { "f:spec": { [`f:${random.pick(names)}`]: {} } } : {};
    this.#ignored = { [`${GROUP}/v1`]: { ...always, ...more }, [`${GROUP}/v2`]: always };
    this.#live = { apiVersion: this.#liveVersion, kind: "Thing" };
    this.#compile();
  }

  #secondVersion(v1: StructuralSchema): StructuralSchema {
    const spec = specOf(v1);
    const properties = renameFields(spec.properties ?? {}, this.#renames, "v2");
    return { ...v1, properties: { ...v1.properties, spec: { ...spec, properties } } };
  }

  #compile(): void {
    this.#compiled = new Map(
      Object.entries(this.#schemas).map(([version, schema]) => [`${GROUP}/${version}`, compileMergeSchema(schema)]),
    );
  }

  /** The question that makes upstream know the kind. */
  schemas(): UpstreamQuestion {
    return { operation: "schema", schemas: this.#schemas, renames: this.#renames };
  }

  /** Now and then a version goes, or its list and map types change: true when upstream must hear of it. */
  change(): boolean {
    if (!this.#random.chance(0.15)) return false;
    const { v1, v2 } = this.#schemas;
    if (v1 === undefined) return false;
    if (v2 !== undefined && this.#random.chance(0.5)) {
      if (!this.#liveVersion.endsWith("v1")) this.#moveTo(`${GROUP}/v1`);
      this.#schemas = { v1 };
    } else {
      const changed = { ...v1, properties: { spec: changeTypes(this.#random, specOf(v1)) } };
      this.#schemas = v2 === undefined ? { v1: changed } : { v1: changed, v2: this.#secondVersion(changed) };
    }
    this.#compile();
    return true;
  }

  #moveTo(version: string): void {
    if (version === this.#liveVersion) return;
    this.#live = convert(this.#live, version, this.#renames);
    this.#liveVersion = version;
  }

  /** A random write of the object. */
  next(): UpstreamQuestion & { readonly version: string; readonly object: JsonObject } {
    const random = this.#random;
    const version = random.pick(Object.keys(this.#schemas));
    const apiVersion = `${GROUP}/${version}`;
    this.#moveTo(apiVersion);
    const operation = random.chance(0.65) ? "apply" : "update";
    const straying = { nulls: random.chance(0.3), duplicates: random.chance(operation === "apply" ? 0.05 : 0.3) };
    const schema = this.#schemas[version] ?? {};
    const fresh = randomObject(random, schema, apiVersion, straying);
    return {
      operation,
      live: this.#live,
      object: operation === "update" && random.chance(0.5) ? { ...this.#live, spec: fresh.spec ?? {} } : fresh,
      version: apiVersion,
      managers: managersToJson(this.#managers),
      manager: random.pick(["m1", "m2", "m3"]),
      force: random.chance(0.5),
      ignored: this.#ignored,
    };
  }

  /** What our code says to a question, as upstream would put it. What a write leads to is where the next one starts. */
  answer(question: UpstreamQuestion): UpstreamAnswer {
    const { live = {}, object = {}, version = "", manager = "", force = false } = question;
    const schema = this.#compiled.get(version);
    if (schema === undefined) return { error: `no version ${version}` };
    const mistakes = checkStructure(schema, object, question.operation === "update");
    if (mistakes.length > 0) return { mistakes };
    const managers = managersFromJson(question.managers ?? {});
    try {
      const merger = new Merger({
        schemaOf: (apiVersion) => this.#compiled.get(apiVersion),
        convert: (from, _version, to) => convert(from, to, this.#renames),
        ignoredIn: (apiVersion) => FieldSet.fromJson(this.#ignored[apiVersion] ?? {}),
      });
      if (question.operation === "update") {
        this.#managers = merger.update(live, object, version, managers, manager);
        this.#live = object;
        return { managers: managersToJson(this.#managers) };
      }
      const applied = merger.apply(live, object, version, managers, manager, force);
      this.#managers = applied.managers;
      this.#live = applied.object ?? live;
      return {
        ...(applied.object === undefined ? {} : { object: applied.object }),
        managers: managersToJson(applied.managers),
      };
    } catch (error) {
      if (!(error instanceof MergeConflictError)) throw error;
      return { message: error.message };
    }
  }
}

function managersToJson(managers: Managers): { [name: string]: UpstreamManager } {
  const result: { [name: string]: UpstreamManager } = {};
  for (const [name, { fields, apiVersion, applied }] of managers) {
    result[name] = { fields: fields.toJson(), apiVersion, applied };
  }
  return result;
}

function managersFromJson(managers: { readonly [name: string]: UpstreamManager }): Managers {
  const result = new Map<string, Manager>();
  for (const [name, { fields, apiVersion, applied }] of Object.entries(managers)) {
    result.set(name, { fields: FieldSet.fromJson(fields), apiVersion, applied });
  }
  return result;
}
