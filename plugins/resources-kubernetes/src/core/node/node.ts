import type { FieldErrors } from "@quarterdeck/meta";
import {
  ApiObject,
  Column,
  type ConnectContext,
  type HookContext,
  SelectableField,
  Subresource,
} from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { typedText } from "../../columns/typed-cell.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { checkNode, checkNodeUpdate } from "./check-node.js";
import { proxyToNode } from "./connect-node.js";
import { defaultNode } from "./default-node.js";
import { NODE_COLUMNS } from "./node-columns.js";
import { NodeProxyOptions } from "./node-proxy-options.js";
import { nodeWarnings } from "./node-warnings.js";

/** A machine that runs pods. */
@Native({
  group: "",
  version: "v1",
  kind: "Node",
  scope: "Cluster",
  shortNames: ["no"],
  status: true,
  statusOnCreate: true,
})
@SelectableField(
  ".spec.unschedulable",
  typedText<core.Node>(({ spec }) => String(spec.unschedulable === true)),
)
@Column(NODE_COLUMNS.status)
@Column(NODE_COLUMNS.roles)
@Column(AGE_COLUMN)
@Column(NODE_COLUMNS.version)
@Column(NODE_COLUMNS.internalIp)
@Column(NODE_COLUMNS.externalIp)
@Column(NODE_COLUMNS.osImage)
@Column(NODE_COLUMNS.kernel)
@Column(NODE_COLUMNS.runtime)
export class Node extends ApiObject {
  override spec!: core.Node["spec"];
  override status!: core.Node["status"];

  override default(): void {
    defaultNode(this.spec, this.status);
  }

  /** Kubelets say their status when they make their node; the configuration from the server is a thing of the past. */
  override prepareForCreate(): void {
    delete this.spec.configSource;
    delete this.status.config;
  }

  override prepareForUpdate(old: this): void {
    if (old.spec.configSource === undefined) delete this.spec.configSource;
  }

  override prepareForPartUpdate(old: this): void {
    if (old.status.config === undefined) delete this.status.config;
  }

  override validate(errors: FieldErrors, { operation, subresource, warn }: HookContext): void {
    if (subresource === "status") return;
    checkNode(this, errors);
    if (operation === "CREATE" && errors.empty) for (const text of nodeWarnings(this.spec)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, warn }: HookContext): void {
    checkNodeUpdate(this, old, errors);
    if (subresource !== "status" && errors.empty) for (const text of nodeWarnings(this.spec)) warn(text);
  }

  @Subresource("proxy", {
    verbs: ["create", "delete", "get", "patch", "update"],
    connect: "proxy",
    input: () => NodeProxyOptions,
  })
  proxy(_options: NodeProxyOptions, context: ConnectContext): Promise<never> {
    return proxyToNode(this.status, context);
  }
}
