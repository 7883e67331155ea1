import type { GroupVersion, JsonObject } from "@quarterdeck/meta";
import { META_DEFINITIONS } from "./meta-definition.js";
import type { MetaDefinition, MetaReferences, OpenApiDialect } from "./meta-references.js";

/** The definitions (schemas by name) that one document collects while its paths are written. */
export class Definitions implements MetaReferences {
  readonly #schemas = new Map<string, JsonObject>();
  readonly #reserved = new Set<string>();
  readonly #claimed = new Map<string, object>();

  /** `groupVersions`: those the document covers; DeleteOptions and WatchEvent belong to each of them. */
  constructor(
    readonly dialect: OpenApiDialect,
    private readonly groupVersions: readonly GroupVersion[],
  ) {}

  /** All definitions by name, sorted. */
  all(): JsonObject {
    const sorted = [...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted);
  }

  /** Keeps a name for the definition of a kind, so that no nested class takes it. */
  reserve(name: string): void {
    this.#reserved.add(name);
  }

  /** A reference to a definition that is set elsewhere; `beside` are keywords of the place that refers to it. */
  reference(name: string, beside: JsonObject = {}): JsonObject {
    const reference = { $ref: `${this.dialect === "v2" ? "#/definitions/" : "#/components/schemas/"}${name}` };
    if (Object.keys(beside).length === 0) return reference;
    return this.dialect === "v2" ? { ...reference, ...beside } : { allOf: [reference], ...beside };
  }

  /** Sets the definition of a kind. */
  set(name: string, schema: JsonObject): void {
    this.#schemas.set(name, schema);
  }

  get(name: string): JsonObject | undefined {
    return this.#schemas.get(name);
  }

  /**
   * Whether a name stands for the type with these properties, which it does from now on unless it stands for another. One
   * without properties is the type of that name, whatever that has.
   */
  claims(name: string, properties: object | undefined): boolean {
    if (properties === undefined) return true;
    const known = this.#claimed.get(name);
    if (known === undefined) this.#claimed.set(name, properties);
    return known === undefined || known === properties;
  }

  /** Sets the definition of a nested class; false when the name stands for something else already. */
  offer(name: string, schema: JsonObject): boolean {
    if (this.#reserved.has(name)) return false;
    const known = this.#schemas.get(name);
    if (known === undefined) this.#schemas.set(name, schema);
    return known === undefined || JSON.stringify(known) === JSON.stringify(schema);
  }

  /** A reference to one of the server's own kinds and their parts; its definition is added when first referred to. */
  meta(name: MetaDefinition, beside: JsonObject = {}): JsonObject {
    const { fullName, make } = META_DEFINITIONS[name];
    if (!this.#schemas.has(fullName)) {
      // Set before it is made: a definition may refer to itself.
      this.#schemas.set(fullName, {});
      this.#schemas.set(fullName, make(this, this.groupVersions));
    }
    return this.reference(fullName, beside);
  }
}
