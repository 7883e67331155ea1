import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkDeclaredImmutable } from "../../checks/check-immutable.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { nodeLabelWarning } from "../../core/deprecated-node-labels.js";
import { Native } from "../../native.js";
import type * as node from "../../types/node-v1.js";
import { checkHandler, checkOverhead, checkScheduling } from "./check-runtime-class.js";

/** A way in which nodes can run containers. */
@Native({
  group: "node.k8s.io",
  version: "v1",
  kind: "RuntimeClass",
  plural: "runtimeclasses",
  scope: "Cluster",
  createOnUpdate: true,
  unconditionalUpdate: false,
})
@Column({
  name: "Handler",
  type: "string",
  description: "What the container runtimes of nodes call it",
  jsonPath: ".handler",
})
@Column(AGE_COLUMN)
export class RuntimeClass extends ApiObject {
  handler!: node.RuntimeClass["handler"];
  overhead!: node.RuntimeClass["overhead"];
  scheduling!: node.RuntimeClass["scheduling"];

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    // Rules that upstream declares come last, but what it declares of a handler ends with the one that it stays.
    if (operation === "UPDATE" && this.handler !== "") checkHandler(this.handler, errors);
    checkOverhead(this.overhead, errors);
    checkScheduling(this.scheduling, errors);
    if (operation !== "CREATE") return;
    checkHandler(this.handler, errors, "bytes");
    if (errors.empty) for (const text of runtimeClassWarnings(this)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { warn }: HookContext): void {
    checkDeclaredImmutable(this.handler, old.handler, "handler", errors);
    if (this.handler === "") errors.required("handler");
    if (errors.empty) for (const text of runtimeClassWarnings(this)) warn(text);
  }
}

function runtimeClassWarnings({ scheduling }: RuntimeClass): string[] {
  return Object.keys(scheduling?.nodeSelector ?? {}).flatMap((label) => {
    const warning = nodeLabelWarning(label);
    return warning === undefined ? [] : [`scheduling.nodeSelector: ${warning}`];
  });
}
