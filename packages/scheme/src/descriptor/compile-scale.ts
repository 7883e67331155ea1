import { type ScaleOptions, scaleRecord } from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { checkPlainPath } from "./check-path.js";

function checkPart(
  path: string,
  parents: readonly string[],
  type: string,
  schema: StructuralSchema,
  place: Place,
): void {
  const target = checkPlainPath(path, schema, place);
  if (!parents.some((parent) => path.startsWith(`.${parent}.`))) {
    throw place.mistake(`the JSON path must be under .${parents.join(" or .")}`, path);
  }
  if (target?.type !== undefined && target.type !== type) {
    throw place.mistake(`the field at ${path} must be of type ${type}, not`, target.type);
  }
}

/** The scale of a class, its paths checked: replicas are integers under spec and status, the selector is a string, or a function says it. */
export function compileScale(owner: object, className: string, schema: StructuralSchema): ScaleOptions | undefined {
  const scale = scaleRecord(owner);
  if (scale === undefined) return undefined;
  const place = new Place(className, "@Scale");
  checkPart(scale.spec, ["spec"], "integer", schema, place.at("spec"));
  checkPart(scale.status, ["status"], "integer", schema, place.at("status"));
  if (typeof scale.selector === "string")
    checkPart(scale.selector, ["status", "spec"], "string", schema, place.at("selector"));
  return Object.freeze({ ...scale });
}
