import type { FieldErrors } from "@quarterdeck/meta";
import {
  ApiObject,
  Column,
  Field,
  type HookContext,
  Message,
  Resource,
  SelectableField,
  Status,
} from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { nativeMessage } from "../facts/native-message.js";
import { checkFinalizer } from "./check-finalizer.js";
import { NamespaceSpec } from "./namespace-spec.js";
import { NamespaceStatus } from "./namespace-status.js";

/** The finalizer that stands for the content of a namespace. */
const CONTENT = "kubernetes";

/** A scope for names: objects of namespaced kinds live in one. */
@Message(() => nativeMessage("core/v1.Namespace"))
@Resource({
  group: "",
  version: "v1",
  kind: "Namespace",
  scope: "Cluster",
  shortNames: ["ns"],
  nameFormat: "label",
  withoutVerbs: ["deletecollection"],
  parts: [{ name: "finalize", verbs: ["update"] }],
  returnDeletedObject: true,
  description: "A scope for names: objects of namespaced kinds live in one.",
})
@SelectableField(".status.phase")
@Column({ name: "Status", type: "string", description: "Active or Terminating", jsonPath: ".status.phase" })
@Column(AGE_COLUMN)
export class Namespace extends ApiObject<NamespaceSpec, NamespaceStatus> {
  // No @Spec: namespaces have no generation.
  @Field({ proto: 2, description: "What keeps the namespace." })
  override spec?: NamespaceSpec;

  @Status({ proto: 3, description: "Whether the namespace is in use." })
  override status?: NamespaceStatus;

  /** Every namespace carries its name as a label, so that selectors can choose it. */
  override default(): void {
    const { name } = this.metadata;
    if (name === undefined) return;
    this.metadata.labels = { ...this.metadata.labels, "kubernetes.io/metadata.name": name };
  }

  override prepareForCreate(): void {
    this.status = { phase: "Active" };
    const finalizers = this.spec?.finalizers ?? [];
    if (!finalizers.includes(CONTENT)) this.spec = { ...this.spec, finalizers: [...finalizers, CONTENT] };
  }

  override prepareForUpdate(old: this): void {
    if (old.spec === undefined) delete this.spec;
    else this.spec = old.spec;
  }

  /** `PUT …/namespaces/demo/finalize`: says what still keeps the namespace; nothing, and a deleted one goes. */
  override prepareForPartUpdate(old: this, { subresource }: HookContext): void {
    if (subresource !== "finalize") return;
    if (old.status === undefined) delete this.status;
    else this.status = old.status;
  }

  override prepareForDelete(): void {
    this.status = { ...this.status, phase: "Terminating" };
    // Namespaces know no grace, so clients expect no such field.
    delete this.metadata.deletionGracePeriodSeconds;
  }

  override heldBy(): readonly string[] {
    return this.spec?.finalizers ?? [];
  }

  override validate(errors: FieldErrors): void {
    for (const [index, name] of (this.spec?.finalizers ?? []).entries())
      checkFinalizer(name, `spec.finalizers[${index}]`, errors);
  }
}
