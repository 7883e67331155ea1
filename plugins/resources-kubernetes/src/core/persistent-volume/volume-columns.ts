import type { ColumnOptions } from "@quarterdeck/sdk";
import { accessModesCell } from "../../columns/access-modes-cell.js";
import { typedText } from "../../columns/typed-cell.js";
import type * as core from "../../types/core-v1.js";
import { STORAGE_CLASS_ANNOTATION } from "../storage-class-annotation.js";

const UNSET = "<unset>";

/** The columns of `kubectl get pv` on either side of the age. */
export const VOLUME_COLUMNS = {
  capacity: {
    name: "Capacity",
    type: "string",
    description: "How large it is",
    value: typedText<core.PersistentVolume>(({ spec }) => spec.capacity?.storage ?? "0"),
  },
  accessModes: {
    name: "Access Modes",
    type: "string",
    description: "How nodes may use it",
    value: typedText<core.PersistentVolume>(({ spec }) => accessModesCell(spec.accessModes)),
  },
  reclaimPolicy: {
    name: "Reclaim Policy",
    type: "string",
    description: "What becomes of it when its claim goes",
    value: typedText<core.PersistentVolume>(({ spec }) => spec.persistentVolumeReclaimPolicy ?? ""),
  },
  status: {
    name: "Status",
    type: "string",
    description: "Whether it is to be had, taken or given back",
    value: typedText<core.PersistentVolume>(({ metadata, status }) =>
      metadata.deletionTimestamp === undefined ? (status.phase ?? "") : "Terminating",
    ),
  },
  claim: {
    name: "Claim",
    type: "string",
    description: "The claim that has it, as namespace/name",
    value: typedText<core.PersistentVolume>(({ spec: { claimRef } }) =>
      claimRef === undefined ? "" : `${claimRef.namespace ?? ""}/${claimRef.name ?? ""}`,
    ),
  },
  storageClass: {
    name: "StorageClass",
    type: "string",
    description: "The class of storage that it is of",
    value: typedText<core.PersistentVolume>(
      ({ metadata, spec }) => metadata.annotations?.[STORAGE_CLASS_ANNOTATION] ?? spec.storageClassName ?? "",
    ),
  },
  attributesClass: {
    name: "VolumeAttributesClass",
    type: "string",
    description: "The class of attributes that it has",
    value: typedText<core.PersistentVolume>(({ spec }) => spec.volumeAttributesClassName ?? UNSET),
  },
  reason: {
    name: "Reason",
    type: "string",
    description: "Why it is in the state that it is in, in a word",
    value: typedText<core.PersistentVolume>(({ status }) => status.reason ?? ""),
  },
  volumeMode: {
    name: "VolumeMode",
    type: "string",
    priority: 1,
    description: "Whether it holds files or is a raw device",
    value: typedText<core.PersistentVolume>(({ spec }) => spec.volumeMode ?? UNSET),
  },
} as const satisfies { readonly [name: string]: ColumnOptions };
