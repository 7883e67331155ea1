import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { sameJson } from "../../checks/same-json.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as storage from "../../types/storage-v1.js";
import { checkCsiDriver } from "./check-csi-driver.js";
import { defaultCsiDriver } from "./default-csi-driver.js";

const TOKENS_IN_ATTRIBUTES =
  "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible " +
  "logging of tokens in volume attributes";

function isDriver(object: object): object is storage.CSIDriver {
  return "spec" in object && isJsonObject(object.spec);
}

function audiences(object: KubeObject): string {
  const requests = isDriver(object) ? object.spec.tokenRequests : undefined;
  return requests === undefined ? "<unset>" : requests.map(({ audience }) => audience).join(",");
}

function modes(object: KubeObject): string {
  const names = isDriver(object) ? (object.spec.volumeLifecycleModes ?? []).join(",") : "";
  return names === "" ? "<none>" : names;
}

/** How a CSI driver wants to be used. */
@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "CSIDriver",
  plural: "csidrivers",
  scope: "Cluster",
  unconditionalUpdate: false,
  returnDeletedObject: true,
})
@Column({
  name: "AttachRequired",
  type: "boolean",
  description: "Whether its volumes are attached before they are mounted",
  jsonPath: ".spec.attachRequired",
})
@Column({
  name: "PodInfoOnMount",
  type: "boolean",
  description: "Whether it is told of the pod when it mounts",
  jsonPath: ".spec.podInfoOnMount",
})
@Column({
  name: "StorageCapacity",
  type: "boolean",
  description: "Whether pods wait for what it says there is room for",
  jsonPath: ".spec.storageCapacity",
})
@Column({
  name: "TokenRequests",
  type: "string",
  description: "For whom it gets tokens of the pod's account",
  value: audiences,
})
@Column({
  name: "RequiresRepublish",
  type: "boolean",
  description: "Whether it is called again and again for what is mounted",
  jsonPath: ".spec.requiresRepublish",
})
@Column({ name: "Modes", type: "string", description: "How long its volumes live", value: modes })
@Column(AGE_COLUMN)
export class CSIDriver extends ApiObject {
  override spec!: storage.CSIDriver["spec"];

  override default(): void {
    defaultCsiDriver(this.spec);
  }

  /** Drivers have no generation until they change. */
  override prepareForUpdate(old: this): void {
    if (!sameJson(this.spec, old.spec)) this.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    checkCsiDriver(this.spec, errors);
    if (operation === "CREATE" && errors.empty && leaksTokens(this.spec)) warn(TOKENS_IN_ATTRIBUTES);
  }

  override validateUpdate(old: this, errors: FieldErrors, { warn }: HookContext): void {
    // The first path is upstream's, though the field is called otherwise.
    checkImmutable(this.spec.attachRequired, old.spec.attachRequired, "spec.attachedRequired", errors);
    checkImmutable(this.spec.volumeLifecycleModes, old.spec.volumeLifecycleModes, "spec.volumeLifecycleModes", errors);
    const changed = !sameJson(this.spec.tokenRequests ?? [], old.spec.tokenRequests ?? []);
    if (errors.empty && changed && leaksTokens(this.spec)) warn(TOKENS_IN_ATTRIBUTES);
  }
}

function leaksTokens({ tokenRequests = [], serviceAccountTokenInSecrets: secret }: storage.CSIDriverSpec): boolean {
  return tokenRequests.length > 0 && secret === undefined;
}
