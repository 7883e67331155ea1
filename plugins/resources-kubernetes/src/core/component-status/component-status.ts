import type { KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type Services, StorageHealth } from "@quarterdeck/sdk";
import { typedText } from "../../columns/typed-cell.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";

function cell(read: (condition: core.ComponentCondition) => string, otherwise = ""): (object: KubeObject) => string {
  return typedText<core.ComponentStatus>(({ conditions }) => {
    const health = conditions?.find(({ type }) => type === "Healthy");
    return health === undefined ? otherwise : read(health);
  });
}

/** Whether a storage answers, under the name that upstream has for it. Nothing else is asked: this server is one process. */
@Native({
  group: "",
  version: "v1",
  kind: "ComponentStatus",
  plural: "componentstatuses",
  singular: "componentstatus",
  scope: "Cluster",
  shortNames: ["cs"],
  stored: false,
  deprecated: "v1 ComponentStatus is deprecated in v1.19+",
  defaultColumns: false,
})
@Column({ name: "Name", type: "string", format: "name", description: "The name", jsonPath: ".metadata.name" })
@Column({
  name: "Status",
  type: "string",
  description: "Whether it answers",
  value: cell(({ status }) => (status === "True" ? "Healthy" : "Unhealthy"), "Unknown"),
})
@Column({ name: "Message", type: "string", description: "What it says", value: cell(({ message = "" }) => message) })
@Column({ name: "Error", type: "string", description: "What went wrong", value: cell(({ error = "" }) => error) })
export class ComponentStatus extends ApiObject {
  conditions: core.ComponentStatus["conditions"];

  static async readObjects(services: Services): Promise<readonly object[]> {
    const failures = (await services.find(StorageHealth)?.check()) ?? [];
    return failures.map((failure, index) => ({
      metadata: { name: `etcd-${index}` },
      conditions: [
        failure === undefined
          ? { type: "Healthy", status: "True", message: "ok" }
          : { type: "Healthy", status: "False", error: failure instanceof Error ? failure.message : String(failure) },
      ],
    }));
  }
}
