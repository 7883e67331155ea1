import { literalBlock, yamlScalar } from "./yaml-text.js";

/**
 * JSON data as YAML, in the style of Go's `sigs.k8s.io/yaml`: sorted keys, block style, sequences at the indent of their
 * key, strings quoted only when plain ones would be read as something else. Ends with a line break.
 * It recurses once a level, so the data must be bounded in depth, as all decoded bodies are.
 */
export function encodeYaml(value: unknown): string {
  const text = write(value, "");
  return text.startsWith("\n") ? text.slice(1) : `${text.trimStart()}\n`;
}

/** The items of a YAML sequence, each with its dash at `indent` (spaces only) and a line break at the end. */
export function encodeYamlItems(items: readonly unknown[], indent: string): string {
  let text = "";
  for (const item of items) {
    const inner = write(item, `${indent}  `);
    // A block starts on the line of its dash: the first line's indent gives way to it.
    text += inner.startsWith("\n") ? `${indent}- ${inner.slice(indent.length + 3)}` : `${indent}-${inner}\n`;
  }
  return text;
}

/** What follows a key or a dash: ` scalar`, or a line break and a block at `indent` that ends with a line break. */
function write(value: unknown, indent: string): string {
  if (typeof value === "string") return ` ${literalBlock(value, indent === "" ? "  " : indent) ?? yamlScalar(value)}`;
  if (Array.isArray(value)) return value.length === 0 ? " []" : `\n${encodeYamlItems(value, indent)}`;
  if (typeof value !== "object" || value === null) return ` ${value ?? null}`;
  const block = mapping(value, indent);
  return block === "" ? " {}" : `\n${block}`;
}

function mapping(value: object, indent: string): string {
  let text = "";
  for (const [key, item] of Object.entries(value).sort(byKey)) {
    if (item === undefined) continue;
    const inner = write(item, Array.isArray(item) ? indent : `${indent}  `);
    text += `${indent}${yamlScalar(key)}:${inner}${inner.startsWith("\n") ? "" : "\n"}`;
  }
  return text;
}

function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
