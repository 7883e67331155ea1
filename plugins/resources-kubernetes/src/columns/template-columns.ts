import type { ColumnOptions } from "@quarterdeck/sdk";
import type * as core from "../types/core-v1.js";
import { containerImages, containerNames } from "./container-cells.js";
import { typedCell } from "./typed-cell.js";

/** Columns of `-o wide` of a kind that makes pods. */
interface TemplateColumns {
  readonly containers: ColumnOptions;
  readonly images: ColumnOptions;
}

/** The containers of the template, by their names and by their images. */
export function templateColumns<T extends object>(
  template: (object: T) => core.PodTemplateSpec | undefined,
): TemplateColumns {
  return {
    containers: {
      name: "Containers",
      type: "string",
      priority: 1,
      description: "What the containers are called",
      value: typedCell<T>((object) => containerNames(template(object)?.spec.containers)),
    },
    images: {
      name: "Images",
      type: "string",
      priority: 1,
      description: "What the containers are made of",
      value: typedCell<T>((object) => containerImages(template(object)?.spec.containers)),
    },
  };
}

/** The selector that chooses the pods of a kind. */
export function selectorColumn<T extends object>(text: (object: T) => string): ColumnOptions {
  return {
    name: "Selector",
    type: "string",
    priority: 1,
    description: "Which pods are its own",
    value: typedCell<T>(text),
  };
}
