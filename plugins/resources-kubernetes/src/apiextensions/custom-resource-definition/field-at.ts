import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";

/** A path names no field; the message is that of upstream's `ValidFieldPath`. */
export class FieldPathError extends Error {
  override readonly name = "FieldPathError";
}

/** Separators by themselves, texts in single quotes, and what stands between. */
const TOKEN = /'(?:\\.|[^'\\])*'|[.[\]]|(?:(?!^)'|[^.[\]'])[^.[\]]*|'.*/gsy;

function tokensOf(path: string): readonly string[] {
  return path.match(TOKEN) ?? [];
}

function unquote(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(['"\\])/g, "$1");
}

/** The schema of a field, or of the values of a map; an object with neither has no fields. */
function below({ properties, additionalProperties }: JSONSchemaProps, name: string): JSONSchemaProps {
  const field =
    properties === undefined
      ? typeof additionalProperties === "object"
        ? additionalProperties
        : undefined
      : Object.hasOwn(properties, name)
        ? properties[name]
        : undefined;
  if (field === undefined) throw new FieldPathError("does not refer to a valid field");
  return field;
}

/** What is found at a path. */
export interface FoundField {
  readonly steps: readonly string[];
  readonly schema: JSONSchemaProps;
}

/** The schema at a path such as `.spec.color` or `.labels['a.b']`; throws a {@link FieldPathError}. */
export function fieldAt(path: string, schema: JSONSchemaProps, brackets = true): FoundField {
  const tokens = tokensOf(path).values();
  const steps: string[] = [];
  let found = schema;
  const next = (): string => {
    const { value, done } = tokens.next();
    if (done === true) throw new FieldPathError("unexpected end of JSON path");
    return value;
  };
  for (const token of tokens) {
    if (token !== "." && token !== "[") throw new FieldPathError(`expected [ or . but got: ${token}`);
    if (token === "[" && !brackets) throw new FieldPathError("array notation is not allowed");
    const name = next();
    if (token === "[" && !/^'.*'$/s.test(name))
      throw new FieldPathError(`expected single quoted string but got ${name}`);
    const step = token === "[" ? unquote(name) : name;
    found = below(found, step);
    steps.push(step);
    if (token === ".") continue;
    const end = next();
    if (end !== "]") throw new FieldPathError(`expected ] but got ${end}`);
  }
  return { steps, schema: found };
}
