import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject, setOwn } from "@quarterdeck/meta";
import type { LineCounter, Node, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { isAlias, isCollection, isMap, isNode, isScalar, isSeq } from "yaml";
import { BodyError } from "./body-error.js";
import { FieldPath } from "./field-path.js";
import { MAX_YAML_NESTING } from "./nesting.js";
import type { ParsedJson } from "./parse-json.js";
import { resolvePlainScalar } from "./yaml-scalar.js";

const MAX_DUPLICATES = 100;
const MAX_EXPANDED_NODES = 100_000;
const MAX_EXPANDED_CHARACTERS = 3 * 1024 * 1024;
const TAG = "tag:yaml.org,2002:";

/** Turns the nodes of one YAML document into JSON data: aliases and merge keys are expanded, scalars resolved. */
export class YamlReader {
  readonly #path = new FieldPath();
  readonly #anchors = new Map<string, Node>();
  readonly #expanding = new Set<Node>();
  readonly #duplicates = new Set<string>();
  readonly #repeats: string[] = [];
  #depth = 0;
  #expandedNodes = 0;
  #expandedCharacters = 0;

  constructor(private readonly lines: LineCounter) {}

  read(root: unknown): ParsedJson {
    return { value: this.#value(root), duplicates: [...this.#duplicates], repeats: this.#repeats };
  }

  #value(node: unknown): JsonValue {
    if (isAlias(node)) return this.#expand(this.#target(node.source));
    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (this.#expanding.size > 0 && ++this.#expandedNodes > MAX_EXPANDED_NODES) this.#refuseAliases();
    if (isScalar(node)) return this.#scalar(node);
    if (!isMap(node) && !isSeq(node)) return null;
    if (++this.#depth > MAX_YAML_NESTING) throw new BodyError(`yaml: exceeded max depth of ${MAX_YAML_NESTING}`);
    const value = isMap(node) ? this.#map(node) : this.#sequence(node);
    this.#depth--;
    return value;
  }

  #sequence(node: YAMLSeq): JsonValue[] {
    this.#path.pushIndex();
    const items = node.items.map((item) => {
      const value = this.#value(item);
      this.#path.nextIndex();
      return value;
    });
    this.#path.pop();
    return items;
  }

  #map(node: YAMLMap): JsonObject {
    const own: JsonObject = {};
    const seen = new Set<string>();
    const merged: JsonObject[] = [];
    for (const pair of node.items) {
      if (isMergeKey(pair.key)) {
        this.#merge(pair.value, merged);
        continue;
      }
      const name = this.#value(pair.key);
      const key = keyText(name);
      this.#path.pushKey(key);
      if (seen.has(key)) this.#repeat(pair.key, name);
      seen.add(key);
      setOwn(own, key, this.#value(pair.value));
      this.#path.pop();
    }
    for (const source of merged) {
      for (const key of Object.keys(source)) {
        if (seen.has(key)) continue;
        seen.add(key);
        setOwn(own, key, source[key]);
      }
    }
    return own;
  }

  #repeat(node: unknown, name: JsonValue): void {
    if (this.#repeats.length >= MAX_DUPLICATES) return;
    this.#duplicates.add(this.#path.toString());
    const { line } = this.lines.linePos((isNode(node) ? node.range?.[0] : undefined) ?? 0);
    this.#repeats.push(`line ${line}: key ${JSON.stringify(name)} already set in map`);
  }

  #merge(node: unknown, into: JsonObject[]): void {
    const value = this.#value(node);
    for (const source of Array.isArray(value) ? value : [value]) {
      if (!isJsonObject(source)) throw new BodyError("yaml: map merge requires map or sequence of maps as the value");
      into.push(source);
    }
  }

  #scalar(node: Scalar): JsonValue {
    const text = typeof node.value === "string" ? node.value : (node.source ?? "");
    if (this.#expanding.size > 0) {
      this.#expandedCharacters += text.length;
      if (this.#expandedCharacters > MAX_EXPANDED_CHARACTERS) this.#refuseAliases();
    }
    if (node.tag === `${TAG}binary`) return Buffer.from(text, "base64").toString("utf8");
    const typed = node.tag?.startsWith(TAG) === true && /^(?:int|float|bool|null)$/.test(node.tag.slice(TAG.length));
    return typed || (node.type === "PLAIN" && node.tag === undefined) ? resolvePlainScalar(text) : text;
  }

  #target(anchor: string): Node {
    const target = this.#anchors.get(anchor);
    if (target === undefined) throw new BodyError(`yaml: unknown anchor '${anchor}' referenced`);
    if (this.#expanding.has(target)) throw new BodyError(`yaml: anchor '${anchor}' value contains itself`);
    return target;
  }

  #expand(target: Node): JsonValue {
    this.#expanding.add(target);
    const value = this.#value(target);
    this.#expanding.delete(target);
    return value;
  }

  #refuseAliases(): never {
    throw new BodyError("yaml: document contains excessive aliasing");
  }
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === "PLAIN" && key.value === "<<";
}

function keyText(key: JsonValue): string {
  if (typeof key === "string") return key;
  if (typeof key === "number" || typeof key === "boolean") return String(key);
  throw new BodyError("yaml: unsupported map key: only text, numbers and booleans can be keys");
}
