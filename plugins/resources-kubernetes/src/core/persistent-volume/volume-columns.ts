import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import { accessModesCell } from "../../columns/access-modes-cell.js";
import type * as core from "../../types/core-v1.js";
import { STORAGE_CLASS_ANNOTATION } from "../storage-class-annotation.js";

const UNSET = "<unset>";

function isVolume(object: object): object is core.PersistentVolume {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

/** Reads a cell from an object that is a persistent volume. */
function cell(read: (volume: core.PersistentVolume) => string): (object: KubeObject) => string {
  return (object) => (isVolume(object) ? read(object) : "");
}

/** The columns of `kubectl get pv` on either side of the age. */
export const VOLUME_COLUMNS = {
  capacity: {
    name: "Capacity",
    type: "string",
    description: "How large it is",
    value: cell(({ spec }) => spec.capacity?.storage ?? "0"),
  },
  accessModes: {
    name: "Access Modes",
    type: "string",
    description: "How nodes may use it",
    value: cell(({ spec }) => accessModesCell(spec.accessModes)),
  },
  reclaimPolicy: {
    name: "Reclaim Policy",
    type: "string",
    description: "What becomes of it when its claim goes",
    value: cell(({ spec }) => spec.persistentVolumeReclaimPolicy ?? ""),
  },
  status: {
    name: "Status",
    type: "string",
    description: "Whether it is to be had, taken or given back",
    value: cell(({ metadata, status }) =>
      metadata.deletionTimestamp === undefined ? (status.phase ?? "") : "Terminating",
    ),
  },
  claim: {
    name: "Claim",
    type: "string",
    description: "The claim that has it, as namespace/name",
    value: cell(({ spec: { claimRef } }) =>
      claimRef === undefined ? "" : `${claimRef.namespace ?? ""}/${claimRef.name ?? ""}`,
    ),
  },
  storageClass: {
    name: "StorageClass",
    type: "string",
    description: "The class of storage that it is of",
    value: cell(
      ({ metadata, spec }) => metadata.annotations?.[STORAGE_CLASS_ANNOTATION] ?? spec.storageClassName ?? "",
    ),
  },
  attributesClass: {
    name: "VolumeAttributesClass",
    type: "string",
    description: "The class of attributes that it has",
    value: cell(({ spec }) => spec.volumeAttributesClassName ?? UNSET),
  },
  reason: {
    name: "Reason",
    type: "string",
    description: "Why it is in the state that it is in, in a word",
    value: cell(({ status }) => status.reason ?? ""),
  },
  volumeMode: {
    name: "VolumeMode",
    type: "string",
    priority: 1,
    description: "Whether it holds files or is a raw device",
    value: cell(({ spec }) => spec.volumeMode ?? UNSET),
  },
} as const satisfies { readonly [name: string]: ColumnOptions };
