import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { loadCel } from "../../checks/check-cel.js";
import { CREATED_AT_COLUMN } from "../../columns/created-at-column.js";
import { Native } from "../../native.js";
import type * as apiextensions from "../../types/apiextensions-v1.js";
import {
  checkDefinition,
  checkDefinitionStatus,
  checkDefinitionUpdate,
  checkStoredVersions,
} from "./check-definition.js";
import { checkCommunityApproval } from "./community-approval.js";
import { defaultDefinition, normaliseSchemas } from "./default-definition.js";
import { DEFINITION_COLUMNS } from "./definition-columns.js";
import { schemaWarnings } from "./schema-warnings.js";

/** A resource that is defined at run time. */
@Native({
  group: "apiextensions.k8s.io",
  version: "v1",
  kind: "CustomResourceDefinition",
  scope: "Cluster",
  shortNames: ["crd", "crds"],
  categories: ["api-extensions"],
  generation: true,
  status: true,
  unconditionalUpdate: false,
  defaultColumns: false,
})
@Column({ name: "Name", type: "string", format: "name", description: "The name", jsonPath: ".metadata.name" })
@Column(DEFINITION_COLUMNS.scope)
@Column(DEFINITION_COLUMNS.versions)
@Column(CREATED_AT_COLUMN)
@Column(DEFINITION_COLUMNS.group)
@Column(DEFINITION_COLUMNS.kind)
@Column(DEFINITION_COLUMNS.shortNames)
@Column(DEFINITION_COLUMNS.established)
export class CustomResourceDefinition extends ApiObject {
  override spec!: apiextensions.CustomResourceDefinition["spec"];
  override status!: apiextensions.CustomResourceDefinition["status"];

  override default(): void {
    normaliseSchemas(this.spec);
    defaultDefinition(this.spec);
    if ((this.status.storedVersions ?? []).length === 0) noteStored(this);
  }

  override prepareForCreate(): void {
    noteStored(this);
  }

  override prepareForUpdate(): void {
    noteStored(this);
  }

  override authorize(): Promise<void> {
    return loadCel();
  }

  override validate(errors: FieldErrors, { operation, subresource, warn }: HookContext): void {
    if (operation !== "CREATE" || subresource === "status") return;
    const { names, group } = this.spec;
    const { name = "", generateName = "" } = this.metadata;
    for (const [field, value] of Object.entries({ generateName, name }))
      if (value !== "" && value !== `${names.plural}.${group}`)
        errors.invalid(`metadata.${field}`, value, 'must be spec.names.plural+"."+spec.group');
    checkDefinition(this.spec, undefined, errors);
    checkRest(this, undefined, errors);
    if (errors.empty) for (const warning of schemaWarnings(this.spec, undefined)) warn(warning);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    if (subresource === "status") {
      checkDefinitionStatus(this.status, errors);
      return;
    }
    checkDefinition(this.spec, old.spec, errors);
    checkDefinitionUpdate(this, old, errors);
    checkRest(this, old, errors);
    if (errors.empty) for (const warning of schemaWarnings(this.spec, old.spec)) warn(warning);
  }
}

function checkRest(
  definition: CustomResourceDefinition,
  old: CustomResourceDefinition | undefined,
  errors: FieldErrors,
): void {
  const { spec, status, metadata } = definition;
  checkDefinitionStatus(status, errors);
  checkStoredVersions(definition, errors);
  checkCommunityApproval(spec.group, metadata, old?.metadata, errors);
  if (spec.preserveUnknownFields === true && old?.spec.preserveUnknownFields !== true)
    errors.invalid(
      "spec.preserveUnknownFields",
      true,
      "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead",
    );
}

/** Remembers that there may be objects in the version that is stored. */
function noteStored({ spec, status }: CustomResourceDefinition): void {
  const stored = (spec.versions ?? []).find(({ storage }) => storage)?.name;
  if (stored === undefined || status.storedVersions?.includes(stored)) return;
  status.storedVersions = [...(status.storedVersions ?? []), stored];
}
