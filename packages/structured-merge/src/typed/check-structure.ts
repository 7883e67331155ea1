import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import { formatPathElement } from "../path/format-field-path.js";
import { goNumber } from "../path/go-text.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { type ItemIdentity, identityOf, itemMistake, stepOfItem } from "../schema/list-item.js";
import {
  type ListShape,
  type MapShape,
  type MergeNode,
  nodeOfKey,
  type ScalarType,
  shapeOf,
} from "../schema/merge-node.js";
import { goLiteral, goPlain, goType } from "./go-syntax.js";

/** The mistakes found so far, each with its path. */
class StructureCheck {
  readonly mistakes: string[] = [];

  constructor(readonly allowDuplicates: boolean) {}

  check(node: MergeNode, value: JsonValue, path: string): void {
    const shape = shapeOf(node, value);
    if (value === null) return;
    if (shape.kind === "scalar") this.#checkScalar(shape.type, value, path);
    else if (shape.kind === "list") {
      if (Array.isArray(value)) this.#checkList(shape, value, path);
      else this.#mistake(path, `expected list, got &{${goPlain(value)}}`);
    } else if (isJsonObject(value)) this.#checkMap(shape, value, path);
    else this.#mistake(path, `expected map, got &{${goPlain(value)}}`);
  }

  #mistake(path: string, message: string): void {
    this.mistakes.push(path === "" ? message : `${path}: ${message}`);
  }

  #checkScalar(type: ScalarType, value: JsonValue, path: string): void {
    if (type === "numeric" && typeof value !== "number") {
      this.#mistake(path, `expected numeric (int or float), got ${goType(value)}`);
    } else if (type === "string" && typeof value !== "string") {
      this.#mistake(path, `expected string, got &value.valueUnstructured{Value:${goLiteral(value)}}`);
    } else if (type === "boolean" && typeof value !== "boolean") {
      this.#mistake(path, `expected boolean, got &{${goPlain(value)}}`);
    } else if (type === "untyped" && typeof value === "object") {
      this.#mistake(path, `expected any scalar, got &{${goPlain(value)}}`);
    }
  }

  #checkMap(map: MapShape, value: JsonObject, path: string): void {
    for (const key of Object.keys(value)) {
      const content = value[key];
      const node = nodeOfKey(map, key);
      if (content === undefined) continue;
      if (node === undefined) this.#mistake(`${path}.${key}`, "field not declared in schema");
      else this.check(node, content, `${path}.${key}`);
    }
  }

  #checkList(list: ListShape, items: readonly JsonValue[], path: string): void {
    const seen = new Set<ItemIdentity>();
    for (const [index, item] of items.entries()) {
      if (list.atomic) {
        this.check(list.items, item, `${path}[${index}]`);
        continue;
      }
      const identity = identityOf(list, item);
      if (identity === undefined) {
        this.#mistake(path, `element ${index}: ${itemMistake(list, item)}`);
        return;
      }
      const element = formatPathElement(stepOfItem(list, item).element, goNumber);
      if (seen.has(identity) && !this.allowDuplicates) this.#mistake(path, `duplicate entries for key ${element}`);
      seen.add(identity);
      this.check(list.items, item, `${path}${element}`);
    }
  }
}

/**
 * What upstream's `AsTyped` says against a value, in its words, each with the path: wrong shapes, fields that are not
 * declared, items that cannot be told apart and, unless they are allowed, items that are there twice.
 */
export function checkStructure(schema: MergeSchema, value: JsonObject, allowDuplicates = false): readonly string[] {
  const check = new StructureCheck(allowDuplicates);
  check.check(schema.root, value, "");
  return check.mistakes;
}
