import { dns1123SubdomainErrors, FieldErrors, formatFieldError, type ObjectMeta, StatusError } from "@quarterdeck/meta";
import type { SubresourceContext } from "@quarterdeck/sdk";
import { NativeBody } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { dropInitContainerAnnotations } from "./drop-disabled-fields.js";
import { setCondition } from "./pod-condition.js";
import type { PodParts } from "./prepare-pod.js";

/** Says which node a pod is to run on. */
@NativeBody("core/v1.Binding")
export class PodBinding {
  target!: core.ObjectReference;
}

/** Upstream answers what is wrong with a binding as an error of its own, not as what is invalid. */
function checkTarget({ kind = "", name = "" }: core.ObjectReference): void {
  const errors = new FieldErrors();
  const isNode = kind === "" || kind === "Node";
  if (!isNode) errors.notSupported("target.kind", kind, ["Node", "<empty>"]);
  if (name === "") errors.required("target.name", "");
  else if (isNode) for (const problem of dns1123SubdomainErrors(name)) errors.invalid("target.name", name, problem);
  if (errors.empty) return;
  const texts = errors.list.map(formatFieldError);
  throw StatusError.of(500, undefined, texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`);
}

/** A binding may say which pod, and in which state, it is about. */
function checkPreconditions(
  metadata: ObjectMeta,
  { uid = "", resourceVersion = "" }: SubresourceContext["metadata"],
): void {
  const { name = "", namespace = "" } = metadata;
  const failed = (what: string) => {
    const key = `/registry/pods/${namespace}/${name}`;
    const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ${what}`;
    return StatusError.conflict({ group: "", resource: "pods" }, name, why);
  };
  if (uid !== "" && uid !== metadata.uid)
    throw failed(`UID in precondition: ${uid}, UID in object meta: ${metadata.uid ?? ""}`);
  const current = metadata.resourceVersion ?? "";
  if (resourceVersion !== "" && resourceVersion !== current)
    throw failed(`ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${current}`);
}

/** Why a pod cannot be given a node; undefined when it can. */
function obstacle({ metadata, spec }: PodParts): string | undefined {
  const { name = "", deletionTimestamp } = metadata;
  if (deletionTimestamp !== undefined) return `pod ${name} is being deleted, cannot be assigned to a host`;
  const { nodeName = "", schedulingGates = [] } = spec;
  if (nodeName !== "") return `pod ${name} is already assigned to node "${nodeName}"`;
  return schedulingGates.length > 0 ? `pod ${name} has non-empty .spec.schedulingGates` : undefined;
}

/**
 * Gives a pod its node, with the labels and annotations of the binding: upstream's `assignPod`. 409 Conflict for a pod that has
 * one, that is gated or about to go, and for another pod than the binding is about.
 */
export function bindPod(pod: PodParts, { target }: PodBinding, said: SubresourceContext["metadata"]): void {
  const { name = "" } = pod.metadata;
  if (said.name !== name) throw StatusError.badRequest("name in URL does not match name in Binding object");
  checkTarget(target);
  checkPreconditions(pod.metadata, said);
  const why = obstacle(pod);
  if (why !== undefined) throw StatusError.conflict({ group: "", resource: "pods/binding" }, name, why);
  pod.spec.nodeName = target.name ?? "";
  // It stood for a node that others made room on; now there is one.
  delete pod.status.nominatedNodeName;
  const { annotations, labels } = said;
  if (annotations !== undefined) pod.metadata.annotations = { ...pod.metadata.annotations, ...annotations };
  dropInitContainerAnnotations(pod.metadata);
  if (labels !== undefined) pod.metadata.labels = { ...pod.metadata.labels, ...labels };
  setCondition(pod.status, { type: "PodScheduled", status: "True" });
}
