import type { FieldErrors, ObjectMeta } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { checkFinalizer } from "./check-finalizer.js";

/** The finalizer that stands for the content of a namespace. */
const CONTENT = "kubernetes";

function labelWithName(metadata: ObjectMeta): void {
  const { name } = metadata;
  if (name !== undefined) metadata.labels = { ...metadata.labels, "kubernetes.io/metadata.name": name };
}

/** The phase says whether the namespace is deleted; it cannot say anything else. */
function checkPhase({ metadata, status: { phase = "" } }: Namespace, errors: FieldErrors): void {
  const deleted = metadata.deletionTimestamp !== undefined;
  if (phase === (deleted ? "Terminating" : "Active")) return;
  const why = deleted
    ? "may only be 'Terminating' if `deletionTimestamp` is not empty"
    : "may only be 'Active' if `deletionTimestamp` is empty";
  // The path that upstream gives it.
  errors.invalid("status.Phase", phase, why);
}

/** A scope for names: objects of namespaced kinds live in one. */
@Native({
  group: "",
  version: "v1",
  kind: "Namespace",
  scope: "Cluster",
  shortNames: ["ns"],
  nameFormat: "label",
  status: true,
  withoutVerbs: ["deletecollection"],
  parts: [{ name: "finalize", verbs: ["update"] }],
  returnDeletedObject: true,
  resetFields: { finalize: ["status"] },
})
@SelectableField(".status.phase")
@Column({ name: "Status", type: "string", description: "Active or Terminating", jsonPath: ".status.phase" })
@Column(AGE_COLUMN)
export class Namespace extends ApiObject {
  override spec!: core.Namespace["spec"];
  override status!: core.Namespace["status"];

  /** Every namespace carries its name as a label, so that selectors can choose it. */
  override default(): void {
    labelWithName(this.metadata);
    if ((this.status.phase ?? "") === "") this.status.phase = "Active";
  }

  override prepareForCreate(): void {
    // A name that was generated is known only now.
    labelWithName(this.metadata);
    this.status = { phase: "Active" };
    const finalizers = this.spec.finalizers ?? [];
    if (!finalizers.includes(CONTENT)) this.spec = { ...this.spec, finalizers: [...finalizers, CONTENT] };
  }

  override prepareForUpdate(old: this): void {
    this.spec = old.spec;
  }

  /** `PUT …/namespaces/demo/finalize`: says what still keeps the namespace; nothing, and a deleted one goes. */
  override prepareForPartUpdate(old: this, { subresource }: HookContext): void {
    if (subresource === "finalize") this.status = old.status;
  }

  override prepareForDelete(): void {
    this.status = { ...this.status, phase: "Terminating" };
    // Namespaces know no grace, so clients expect no such field.
    delete this.metadata.deletionGracePeriodSeconds;
  }

  override heldBy(): readonly string[] {
    return this.spec.finalizers ?? [];
  }

  override validate(errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource === "status") return;
    for (const [index, name] of (this.spec.finalizers ?? []).entries())
      checkFinalizer(name, subresource === "finalize" ? `spec.finalizers[${index}]` : "spec.finalizers", errors);
  }

  override validateUpdate(_old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource === "status") checkPhase(this, errors);
  }
}
