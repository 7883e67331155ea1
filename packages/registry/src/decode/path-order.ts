import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";

/** Paths such as `spec.steps[0].name` in the order in which their members stand in a document, as a decoder comes by them. */
export function inOrder(paths: readonly string[], document: JsonObject): readonly string[] {
  if (paths.length < 2) return paths;
  const wanted = new Set(paths);
  const ordered: string[] = [];
  const visit = (value: JsonValue, path: string): void => {
    if (wanted.delete(path)) ordered.push(path);
    else if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, `${path}[${index}]`);
    else if (isJsonObject(value) && wanted.size > 0)
      for (const [name, member = null] of Object.entries(value)) visit(member, path === "" ? name : `${path}.${name}`);
  };
  visit(document, "");
  return [...ordered, ...wanted];
}
