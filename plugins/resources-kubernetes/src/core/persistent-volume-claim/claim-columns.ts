import type { ColumnOptions } from "@quarterdeck/sdk";
import { accessModesCell } from "../../columns/access-modes-cell.js";
import { typedText } from "../../columns/typed-cell.js";
import type * as core from "../../types/core-v1.js";
import { STORAGE_CLASS_ANNOTATION } from "../storage-class-annotation.js";

const UNSET = "<unset>";

/** The columns of `kubectl get pvc` on either side of the age. */
export const CLAIM_COLUMNS = {
  status: {
    name: "Status",
    type: "string",
    description: "Whether it has a volume, waits for one or has lost it",
    value: typedText<core.PersistentVolumeClaim>(({ metadata, status }) =>
      metadata.deletionTimestamp === undefined ? (status.phase ?? "") : "Terminating",
    ),
  },
  volume: {
    name: "Volume",
    type: "string",
    description: "The volume that it has",
    value: typedText<core.PersistentVolumeClaim>(({ spec }) => spec.volumeName ?? ""),
  },
  capacity: {
    name: "Capacity",
    type: "string",
    description: "How large that is",
    value: typedText<core.PersistentVolumeClaim>(({ spec, status }) =>
      spec.volumeName ? (status.capacity?.storage ?? "0") : "",
    ),
  },
  accessModes: {
    name: "Access Modes",
    type: "string",
    description: "How nodes may use it",
    value: typedText<core.PersistentVolumeClaim>(({ spec, status }) =>
      spec.volumeName ? accessModesCell(status.accessModes) : "",
    ),
  },
  storageClass: {
    name: "StorageClass",
    type: "string",
    description: "The class of storage that it asks for",
    value: typedText<core.PersistentVolumeClaim>(
      ({ metadata, spec }) => metadata.annotations?.[STORAGE_CLASS_ANNOTATION] ?? spec.storageClassName ?? "",
    ),
  },
  attributesClass: {
    name: "VolumeAttributesClass",
    type: "string",
    description: "The class of attributes that it asks for",
    value: typedText<core.PersistentVolumeClaim>(({ spec }) => spec.volumeAttributesClassName ?? UNSET),
  },
  volumeMode: {
    name: "VolumeMode",
    type: "string",
    priority: 1,
    description: "Whether it holds files or is a raw device",
    value: typedText<core.PersistentVolumeClaim>(({ spec }) => spec.volumeMode ?? UNSET),
  },
} as const satisfies { readonly [name: string]: ColumnOptions };
