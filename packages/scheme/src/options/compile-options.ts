import { FieldErrors, type JsonObject, setOwn } from "@quarterdeck/meta";
import type { Constructor } from "@quarterdeck/sdk";
import { deepFreeze } from "../descriptor/deep-freeze.js";
import { compileNormaliser } from "../normalise/compile-normaliser.js";
import { compileClassSchema } from "../schema/class-schema.js";
import type { StructuralSchema } from "../schema/structural-schema.js";

/** What checking options found. */
export interface CheckedOptions<T extends object> {
  /** An instance of the class with its defaults; nested values are plain JSON. Of use only without errors. */
  readonly value: T;
  /** Paths of options that the class does not declare. */
  readonly unknown: string[];
  readonly errors: FieldErrors;
}

/** The options of a plugin, or a section of the config, as their class declares them. */
export interface CompiledOptions<T extends object> {
  readonly schema: StructuralSchema;
  check(value: JsonObject): CheckedOptions<T>;
}

/**
 * Compiles a class with `@Field`s to a check of plain options, by the very functions that check resources. The class
 * is made with `new` and no arguments, so initialisers of properties are defaults too. Mistakes in the class are
 * thrown as ResourceDefinitionErrors.
 */
export function compileOptions<T extends object>(owner: Constructor<T>): CompiledOptions<T> {
  const schema = deepFreeze(structuredClone(compileClassSchema(owner)));
  const normaliser = compileNormaliser(schema, "value");
  return Object.freeze<CompiledOptions<T>>({
    schema,
    check(input) {
      const unknown: string[] = [];
      const errors = new FieldErrors();
      const fields = normaliser.normalise(input, { unknown, errors });
      if (errors.empty) normaliser.validate(fields, errors);
      const value = new owner();
      for (const key of Object.keys(fields)) setOwn(value, key, fields[key]);
      return { value, unknown, errors };
    },
  });
}
