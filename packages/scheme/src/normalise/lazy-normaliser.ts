import type { JsonObject } from "@quarterdeck/meta";
import type { Normaliser } from "../descriptor/resource-descriptor.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { compileNormaliser } from "./compile-normaliser.js";
import { compileSettle, type Settle } from "./compile-settle.js";

/**
 * The normaliser of a structure, compiled with the first object: there are many native kinds, of which a server sees few.
 * Values are not validated by the schema, as typed kinds of Kubernetes are not: it says what clients are told, and the class
 * checks in its own order and words.
 */
export function lazyNormaliser(schema: () => StructuralSchema, root: "resource" | "value" = "resource"): Normaliser {
  let compiled: Normaliser | undefined;
  let settle: { readonly of: Settle<JsonObject> | undefined } | undefined;
  return Object.freeze<Normaliser>({
    normalise(input, report) {
      compiled ??= compileNormaliser(schema(), root, false);
      return compiled.normalise(input, report);
    },
    validate: () => undefined,
    settle(fields) {
      settle ??= { of: compileSettle(schema()) };
      return settle.of?.(fields) ?? fields;
    },
  });
}
