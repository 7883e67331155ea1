import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { checkFinalizer } from "./check-finalizer.js";

/** The finalizer that stands for the content of a namespace. */
const CONTENT = "kubernetes";

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
})
@SelectableField(".status.phase")
@Column({ name: "Status", type: "string", description: "Active or Terminating", jsonPath: ".status.phase" })
@Column(AGE_COLUMN)
export class Namespace extends ApiObject {
  override spec!: core.Namespace["spec"];
  override status!: core.Namespace["status"];

  /** Every namespace carries its name as a label, so that selectors can choose it. */
  override default(): void {
    const { name } = this.metadata;
    if (name === undefined) return;
    this.metadata.labels = { ...this.metadata.labels, "kubernetes.io/metadata.name": name };
  }

  override prepareForCreate(): void {
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

  override validate(errors: FieldErrors): void {
    for (const [index, name] of (this.spec.finalizers ?? []).entries())
      checkFinalizer(name, `spec.finalizers[${index}]`, errors);
  }
}
