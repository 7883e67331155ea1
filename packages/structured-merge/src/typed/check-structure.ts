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

/** One check. Where it stands is only put into words when there is a mistake. */
class StructureCheck {
  readonly mistakes: string[] = [];
  readonly #path: (() => string)[] = [];

  constructor(readonly allowDuplicates: boolean) {}

  check(node: MergeNode, value: JsonValue): void {
    const shape = shapeOf(node, value);
    if (value === null) return;
    if (shape.kind === "scalar") this.#checkScalar(shape.type, value);
    else if (shape.kind === "list") {
      if (Array.isArray(value)) this.#checkList(shape, value);
      else this.#mistake(`expected list, got &{${goPlain(value)}}`);
    } else if (isJsonObject(value)) this.#checkMap(shape, value);
    else this.#mistake(`expected map, got &{${goPlain(value)}}`);
  }

  #mistake(message: string, further = ""): void {
    const path = this.#path.map((step) => step()).join("") + further;
    this.mistakes.push(path === "" ? message : `${path}: ${message}`);
  }

  #checkScalar(type: ScalarType, value: JsonValue): void {
    if (type === "numeric" && typeof value !== "number") {
      this.#mistake(`expected numeric (int or float), got ${goType(value)}`);
    } else if (type === "string" && typeof value !== "string") {
      this.#mistake(`expected string, got &value.valueUnstructured{Value:${goLiteral(value)}}`);
    } else if (type === "boolean" && typeof value !== "boolean") {
      this.#mistake(`expected boolean, got &{${goPlain(value)}}`);
    } else if (type === "untyped" && typeof value === "object") {
      this.#mistake(`expected any scalar, got &{${goPlain(value)}}`);
    }
  }

  #checkMap(map: MapShape, value: JsonObject): void {
    for (const key of Object.keys(value)) {
      const content = value[key];
      const node = nodeOfKey(map, key);
      if (content === undefined) continue;
      if (node === undefined) this.#mistake("field not declared in schema", `.${key}`);
      else this.#checkBelow(node, content, () => `.${key}`);
    }
  }

  #checkBelow(node: MergeNode, value: JsonValue, step: () => string): void {
    this.#path.push(step);
    this.check(node, value);
    this.#path.pop();
  }

  #checkList(list: ListShape, items: readonly JsonValue[]): void {
    const seen = new Set<ItemIdentity>();
    for (const [index, item] of items.entries()) {
      if (list.atomic) {
        this.#checkBelow(list.items, item, () => `[${index}]`);
        continue;
      }
      const identity = identityOf(list, item);
      if (identity === undefined) {
        this.#mistake(`element ${index}: ${itemMistake(list, item)}`);
        return;
      }
      const element = () => formatPathElement(stepOfItem(list, item).element, goNumber);
      if (seen.has(identity) && !this.allowDuplicates) this.#mistake(`duplicate entries for key ${element()}`);
      seen.add(identity);
      this.#checkBelow(list.items, item, element);
    }
  }
}

/**
 * What upstream's `AsTyped` says against a value, in its words, each with the path: wrong shapes, fields that are not
 * declared, items that cannot be told apart and, unless they are allowed, items that are there twice.
 */
export function checkStructure(schema: MergeSchema, value: JsonObject, allowDuplicates = false): readonly string[] {
  const check = new StructureCheck(allowDuplicates);
  check.check(schema.root, value);
  return check.mistakes;
}
