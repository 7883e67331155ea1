import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import { isFull, renderPath, type Walk } from "../normalise/walk.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import type { Check } from "./check.js";
import { compileDescent } from "./descend.js";

const KIND = /^[a-z]([-a-z0-9]*[a-z0-9])?$/i;
const KIND_RULE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

function apiVersionProblem(value: string): string | undefined {
  if (value === "") return "must not be empty";
  return value.split("/").length > 2 ? `unexpected GroupVersion string: ${value}` : undefined;
}

function kindProblem(value: string): string | undefined {
  if (value === "") return "must not be empty";
  if (value.length <= 63 && KIND.test(value)) return undefined;
  const rule = value.length > 63 ? "must be no more than 63 characters" : KIND_RULE;
  return `may have mixed case, but should otherwise match: ${rule}`;
}

function checkText(
  walk: Walk,
  name: string,
  value: JsonValue | undefined,
  problemOf: (text: string) => string | undefined,
): void {
  if (isFull(walk)) return;
  const path = renderPath(walk, name);
  if (value === undefined) walk.errors.required(path);
  else if (typeof value !== "string") walk.errors.invalid(path, value, "must be a string");
  else {
    const problem = problemOf(value);
    if (problem !== undefined) walk.errors.invalid(path, value, problem);
  }
}

function own(object: JsonValue, name: string): JsonValue | undefined {
  return isJsonObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}

const check: Check = (value, walk) => {
  if (!isJsonObject(value)) return;
  checkText(walk, "apiVersion", own(value, "apiVersion"), apiVersionProblem);
  checkText(walk, "kind", own(value, "kind"), kindProblem);
  const metadata = own(value, "metadata");
  if (metadata !== undefined && !isJsonObject(metadata) && !isFull(walk)) {
    const path = renderPath(walk, "metadata");
    walk.errors.invalid(path, metadata, "must be an object");
  }
};

/** An embedded resource names its apiVersion and kind; its metadata, if it has one, is an object. */
export function embeddedResourceChecks(schema: StructuralSchema): Check | undefined {
  return compileDescent(schema, (place) => (place["x-kubernetes-embedded-resource"] ? check : undefined));
}
