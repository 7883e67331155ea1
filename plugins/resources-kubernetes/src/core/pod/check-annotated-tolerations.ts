import { type FieldErrors, isJsonObject, type JsonObject } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { checkTolerations } from "./check-tolerations.js";
import type { PodAllowances } from "./pod-allowances.js";
import { TOLERATIONS_ANNOTATION } from "./pod-annotations.js";

const NO_LIST = "json: cannot unmarshal into Go value of type []core.Toleration";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

/** As Go reads it, which finds fields whatever case their names are in. */
function tolerationOf(given: JsonObject): core.Toleration {
  const fields = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  const seconds = fields.get("tolerationseconds");
  return {
    key: text("key"),
    operator: text("operator"),
    value: text("value"),
    effect: text("effect"),
    ...(typeof seconds === "number" ? { tolerationSeconds: seconds } : {}),
  };
}

/** What is wrong with the tolerations that an annotation says; upstream's `ValidateTolerationsInPodAnnotations`. */
export function checkAnnotatedTolerations(text: string, path: string, errors: FieldErrors, allow: PodAllowances): void {
  if (text === "") return;
  const list = parsed(text);
  if (list instanceof Error) errors.invalid(path, TOLERATIONS_ANNOTATION, list.message);
  else if (list !== null && !(Array.isArray(list) && list.every(isJsonObject)))
    errors.invalid(path, TOLERATIONS_ANNOTATION, NO_LIST);
  else checkTolerations((list ?? []).map(tolerationOf), `${path}.${TOLERATIONS_ANNOTATION}`, errors, allow);
}
