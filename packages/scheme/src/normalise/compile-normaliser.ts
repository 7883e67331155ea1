import type { JsonObject } from "@quarterdeck/meta";
import type { Normaliser } from "../descriptor/resource-descriptor.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { compileValidator } from "../validate/compile-validator.js";
import { compareUtf8 } from "./compare-utf8.js";
import { compileObject } from "./object-node.js";
import { compileNode } from "./schema-node.js";
import { startWalk } from "./walk.js";

/** The fields of a resource that are the registry's to check. */
const RESOURCE_FIELDS: ReadonlySet<string> = new Set(["kind", "apiVersion", "metadata"]);
const NONE: ReadonlySet<string> = new Set();

/**
 * Compiles a schema into the functions that run on every write. Of a `resource` the fields kind, apiVersion and
 * metadata are passed on by reference and unchecked, as the registry looks after them; a `value` (plugin options, a
 * section of the config) has no such fields.
 *
 * Semantics are those of custom resources: unknown fields are left out and named, null counts as absent unless the
 * field is nullable, defaults fill absent fields of objects that are there, keys of maps are sorted as Go sorts them
 * (whole-number keys first: a JavaScript object cannot hold them elsewhere). Without `validates` no value is checked.
 */
export function compileNormaliser(
  schema: StructuralSchema,
  root: "resource" | "value" = "resource",
  validates = true,
): Normaliser {
  const except = root === "resource" ? RESOURCE_FIELDS : NONE;
  const rebuild = compileObject(schema, compileNode, except);
  const validator = validates ? compileValidator(schema, except) : () => undefined;
  return Object.freeze<Normaliser>({
    normalise(input, report) {
      const output: JsonObject = {};
      if (root === "resource") {
        if (input.kind !== undefined) output.kind = input.kind;
        if (input.apiVersion !== undefined) output.apiVersion = input.apiVersion;
        if (input.metadata !== undefined) output.metadata = input.metadata;
      }
      rebuild(input, startWalk(report.errors, report.unknown, schema), output);
      if (report.unknown.length > 1) report.unknown.sort(compareUtf8);
      return output;
    },
    validate(object, errors) {
      validator(object, startWalk(errors));
    },
  });
}
