import { type FieldErrors, isJsonObject } from "@quarterdeck/meta";
import { checkTaints } from "../../checks/check-taints.js";
import type * as core from "../../types/core-v1.js";

const TAINTS = "scheduler.alpha.kubernetes.io/taints";
const AVOID = "scheduler.alpha.kubernetes.io/preferAvoidPods";
const WRONG = "json: cannot unmarshal";

/** What the JSON of an annotation says; tells of one that is none at `path`. */
function read(annotation: string, text: string, path: string, errors: FieldErrors): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    errors.invalid(path, annotation, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function taintsOf(value: unknown): core.Taint[] | undefined {
  if (value === null) return [];
  if (!Array.isArray(value) || !value.every(isJsonObject)) return undefined;
  return value.map(({ key, value: text, effect }) => ({
    key: textOf(key),
    value: textOf(text),
    effect: textOf(effect),
  }));
}

function checkAvoided(value: unknown, path: string, errors: FieldErrors): void {
  const list = isJsonObject(value) ? value.preferAvoidPods : undefined;
  for (const [index, entry] of (Array.isArray(list) ? list : []).entries()) {
    const at = `${path}.${AVOID}[${index}].PodSignature`;
    const signature = isJsonObject(entry) ? entry.podSignature : undefined;
    const controller = isJsonObject(signature) ? signature.podController : undefined;
    if (!isJsonObject(controller)) errors.required(at);
    else if (controller.controller !== true)
      errors.invalid(`${at}.PodController.Controller`, false, "must point to a controller");
  }
}

/** What annotations said of nodes before there were fields for it; upstream's `ValidateNodeSpecificAnnotations`. */
export function checkNodeAnnotations(annotations: { readonly [key: string]: string } = {}, errors: FieldErrors): void {
  const path = "metadata.annotations";
  const taints = Object.hasOwn(annotations, TAINTS) ? (annotations[TAINTS] ?? "") : "";
  if (taints !== "") {
    const before = errors.list.length;
    const list = taintsOf(read(TAINTS, taints, path, errors));
    if (list !== undefined) checkTaints(list, `${path}.${TAINTS}`, errors);
    else if (errors.list.length === before) errors.invalid(path, TAINTS, `${WRONG} into []v1.Taint`);
  }
  const avoided = Object.hasOwn(annotations, AVOID) ? (annotations[AVOID] ?? "") : "";
  if (avoided !== "") checkAvoided(read(AVOID, avoided, `${path}.AvoidPods`, errors), path, errors);
}
