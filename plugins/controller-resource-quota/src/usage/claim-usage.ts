import type { KubeObject, Quantity } from "@quarterdeck/meta";
import { objectAt, quantityOf } from "./json.js";
import { meetsScope, type Scope } from "./scope.js";
import { oneOf, type Usage } from "./usage.js";

/** Stands between the name of a storage class and what is counted of it. */
export const STORAGE_CLASS = ".storageclass.storage.k8s.io/";
const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

function storageClassOf(claim: KubeObject): string {
  const { storageClassName } = objectAt(claim, "spec");
  return (
    claim.metadata.annotations?.[CLASS_ANNOTATION] ?? (typeof storageClassName === "string" ? storageClassName : "")
  );
}

/** What it asks for, or has been given already if that is more; whole bytes. */
function storageOf(claim: KubeObject): Quantity | undefined {
  const asked = quantityOf(objectAt(claim, "spec", "resources", "requests").storage)?.roundUp();
  const given = quantityOf(objectAt(claim, "status", "allocatedResources").storage)?.roundUp();
  return asked !== undefined && given !== undefined && given.compare(asked) > 0 ? given : asked;
}

/** What one claim for a volume counts for in a quota; upstream's evaluator of them. */
export function claimUsage(claim: KubeObject): Usage {
  const usage = oneOf("count/persistentvolumeclaims", "persistentvolumeclaims");
  const storage = storageOf(claim);
  const storageClass = storageClassOf(claim);
  if (storage !== undefined) usage.set("requests.storage", storage);
  if (storageClass === "") return usage;
  for (const name of ["persistentvolumeclaims", "requests.storage"]) {
    const quantity = usage.get(name);
    if (quantity !== undefined) usage.set(`${storageClass}${STORAGE_CLASS}${name}`, quantity);
  }
  return usage;
}

/** The classes of volume attributes that a claim names, has, or is on its way to. */
function attributesClasses(claim: KubeObject): readonly string[] {
  const status = objectAt(claim, "status");
  const names = [
    objectAt(claim, "spec").volumeAttributesClassName,
    status.currentVolumeAttributesClassName,
    objectAt(status, "modifyVolumeStatus").targetVolumeAttributesClassName,
  ];
  return [...new Set(names.filter((name) => typeof name === "string" && name !== ""))].map(String);
}

/** Whether a claim is in a scope; upstream's `pvcMatchesScopeFunc`. */
export function isClaimInScope(claim: KubeObject, scope: Scope): boolean {
  return scope.name === "VolumeAttributesClass" && meetsScope(scope, attributesClasses(claim));
}
