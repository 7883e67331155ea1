import { isJsonObject, Quantity } from "@quarterdeck/meta";
import type { LabelSelector } from "../types/meta-v1.js";

const INT32 = 2 ** 31;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A text in an annotation is not what it should be. */
export class AnnotationError extends Error {
  override readonly name = "AnnotationError";
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/**
 * An object of JSON as Go's decoder reads it into a struct: whatever the case of names, null as if it were not there. What has
 * another type is an {@link AnnotationError}, as is what is no quantity or time.
 */
export class GoObject {
  readonly #members = new Map<string, unknown>();

  constructor(value: unknown) {
    if (value === null) return;
    if (!isJsonObject(value)) throw new AnnotationError("not an object");
    for (const [name, member] of Object.entries(value))
      if (member !== null) this.#members.set(name.toLowerCase(), member);
  }

  /** The objects of a list. */
  static list(value: unknown): GoObject[] {
    if (value === null) return [];
    if (!Array.isArray(value)) throw new AnnotationError("not a list");
    return value.map((one) => new GoObject(one));
  }

  #read(name: string): unknown {
    return this.#members.get(name.toLowerCase());
  }

  text(name: string): string | undefined {
    const value = this.#read(name);
    if (value !== undefined && !isText(value)) throw new AnnotationError(`${name} is no text`);
    return value;
  }

  number(name: string): number | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !Number.isInteger(value) || value < -INT32 || value >= INT32)
      throw new AnnotationError(`${name} is no number`);
    return value;
  }

  time(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!TIME.test(value) || Number.isNaN(Date.parse(value))) throw new AnnotationError(`${name} is no time`);
    return value;
  }

  /** In its canonical form. */
  quantity(name: string): string | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    // throws a QuantityError
    return String(Quantity.parse(typeof value === "number" ? String(value) : (this.text(name) ?? "")));
  }

  object(name: string): GoObject | undefined {
    const value = this.#read(name);
    return value === undefined ? undefined : new GoObject(value);
  }

  list(name: string): GoObject[] | undefined {
    const value = this.#read(name);
    return value === undefined ? undefined : GoObject.list(value);
  }

  selector(name: string): LabelSelector | undefined {
    const from = this.object(name);
    if (from === undefined) return undefined;
    const labels = from.object("matchLabels");
    const expressions = from.list("matchExpressions")?.map((one) => {
      const values = one.#texts("values");
      return {
        key: one.text("key") ?? "",
        operator: one.text("operator") ?? "",
        ...(values === undefined ? {} : { values }),
      };
    });
    return {
      ...(labels === undefined ? {} : { matchLabels: from.#labels("matchLabels") }),
      ...(expressions === undefined ? {} : { matchExpressions: expressions }),
    };
  }

  #texts(name: string): string[] | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every(isText)) throw new AnnotationError(`${name} is no list of texts`);
    return value;
  }

  #labels(name: string): { [key: string]: string } {
    const entries = Object.entries(Object(this.#read(name)));
    return Object.fromEntries(
      entries.map(([key, value]) => {
        if (!isText(value)) throw new AnnotationError(`${name} has what is no text`);
        return [key, value];
      }),
    );
  }
}
