import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, Field, Resource, SelectableField, Spec, Status } from "@quarterdeck/sdk";

/** What keeps a namespace until its content is gone. */
export class NamespaceSpec {
  @Field({
    proto: 1,
    items: { type: "string" },
    listType: "atomic",
    description: "Names that must be empty before a deleted namespace goes; the server looks after `kubernetes`.",
  })
  finalizers?: string[];
}

/** One observation about a namespace, such as why its deletion does not end. */
export class NamespaceCondition {
  @Field({ proto: 1, required: true, description: "What is observed." })
  type!: string;

  @Field({ proto: 2, required: true, description: "True, False or Unknown." })
  status!: string;

  @Field({ proto: 4, type: "string", format: "date-time", description: "When the status last changed." })
  lastTransitionTime?: string;

  @Field({ proto: 5, description: "The cause in one CamelCase word." })
  reason?: string;

  @Field({ proto: 6, description: "The cause in a sentence." })
  message?: string;
}

/** Whether a namespace is in use or on its way out. */
export class NamespaceStatus {
  @Field({ proto: 1, description: "Active, or Terminating once it has been deleted." })
  phase?: string;

  @Field({
    proto: 2,
    items: () => NamespaceCondition,
    listType: "map",
    listMapKeys: ["type"],
    description: "The latest observations.",
  })
  conditions?: NamespaceCondition[];
}

/** A scope for names: objects of namespaced kinds live in one. */
@Resource({
  group: "",
  version: "v1",
  kind: "Namespace",
  scope: "Cluster",
  shortNames: ["ns"],
  nameFormat: "label",
  withoutVerbs: ["deletecollection"],
  description: "A scope for names: objects of namespaced kinds live in one.",
})
@SelectableField(".status.phase")
@Column({ name: "Status", type: "string", description: "Active or Terminating", jsonPath: ".status.phase" })
export class Namespace extends ApiObject<NamespaceSpec, NamespaceStatus> {
  @Spec({ proto: 2, description: "What keeps the namespace." })
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
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    const before = new Set(old.spec?.finalizers ?? []);
    for (const [index, name] of (this.spec?.finalizers ?? []).entries()) {
      if (!before.has(name))
        errors.forbidden(`spec.finalizers[${index}]`, "may only be removed, by the finalize subresource");
    }
  }
}
