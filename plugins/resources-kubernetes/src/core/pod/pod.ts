import type { FieldErrors } from "@quarterdeck/meta";
import {
  ApiObject,
  Column,
  type ConnectContext,
  type HookContext,
  SelectableField,
  Subresource,
  type SubresourceContext,
} from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { checkEphemeralUpdate } from "./check-ephemeral-update.js";
import { checkNewPod } from "./check-pod.js";
import { checkPodResize } from "./check-pod-resize.js";
import { checkPodStatus } from "./check-pod-status.js";
import { checkPodUpdate } from "./check-pod-update.js";
import { logOfPod, proxyToPod, streamPod } from "./connect-pod.js";
import { defaultPod } from "./default-pod.js";
import { dropDisabledFields } from "./drop-disabled-fields.js";
import { evictPod } from "./evict-pod.js";
import { bindPod, PodBinding } from "./pod-binding.js";
import { POD_COLUMNS } from "./pod-columns.js";
import { PodEviction } from "./pod-eviction.js";
import { POD_FIELDS } from "./pod-fields.js";
import {
  PodAttachOptions,
  PodExecOptions,
  PodLogOptions,
  PodPortForwardOptions,
  PodProxyOptions,
} from "./pod-options.js";
import { podWarnings } from "./pod-warnings.js";
import { prepareEphemeralContainers, prepareResize } from "./prepare-part.js";
import { gracePeriodOf, keepPodResources, prepareNewPod, prepareStatus } from "./prepare-pod.js";

/** Containers that run together on one node. */
@Native({
  group: "",
  version: "v1",
  kind: "Pod",
  shortNames: ["po"],
  categories: ["all"],
  generation: true,
  status: true,
  parts: ["ephemeralcontainers", "resize"],
  returnDeletedObject: true,
})
@SelectableField(".spec.nodeName")
@SelectableField(".spec.host", POD_FIELDS.host)
@SelectableField(".spec.restartPolicy")
@SelectableField(".spec.schedulerName")
@SelectableField(".spec.serviceAccountName")
@SelectableField(".spec.hostNetwork", POD_FIELDS.hostNetwork)
@SelectableField(".status.phase")
@SelectableField(".status.podIP", POD_FIELDS.podIP)
@SelectableField(".status.podIPs", POD_FIELDS.podIPs)
@SelectableField(".status.nominatedNodeName")
@Column(POD_COLUMNS.ready)
@Column(POD_COLUMNS.status)
@Column(POD_COLUMNS.restarts)
@Column(AGE_COLUMN)
@Column(POD_COLUMNS.ip)
@Column(POD_COLUMNS.node)
@Column(POD_COLUMNS.nominatedNode)
@Column(POD_COLUMNS.readinessGates)
export class Pod extends ApiObject {
  override spec!: core.Pod["spec"];
  override status!: core.Pod["status"];

  override default(): void {
    defaultPod(this.spec, this.status);
  }

  override prepareForCreate(context: HookContext): void {
    prepareNewPod(this, context);
  }

  override prepareForUpdate(old: this): void {
    keepPodResources(this.spec, old.spec);
    dropDisabledFields(this.spec, this.metadata, old.spec);
  }

  override prepareForPartUpdate(old: this, { subresource, warn }: HookContext): void {
    if (subresource === "status") prepareStatus(this, old, warn);
    else if (subresource === "resize") prepareResize(this, old);
    else prepareEphemeralContainers(this, old);
  }

  override gracePeriod(asked: number | undefined): number {
    return gracePeriodOf(this, asked);
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkNewPod(this, errors);
    if (errors.empty) for (const text of podWarnings(this)) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource = "" }: HookContext): void {
    if (subresource === "") checkPodUpdate(this, old, errors);
    else if (subresource === "status") checkPodStatus(this, old, errors);
    else if (subresource === "resize") checkPodResize(this, old, errors);
    else checkEphemeralUpdate(this, old, errors);
  }

  /** `POST …/pods/<name>/binding`: schedulers say which node runs the pod. */
  @Subresource("binding", { input: () => PodBinding, kind: "Binding", direct: true })
  bind(binding: PodBinding, { metadata }: SubresourceContext): this {
    bindPod(this, binding, metadata);
    return this;
  }

  /** `POST …/pods/<name>/eviction`: a delete, as far as disruption budgets allow it. */
  @Subresource("eviction", { input: () => PodEviction, kind: "Eviction", apiVersion: "policy/v1" })
  evict(eviction: PodEviction, context: SubresourceContext): Promise<object> {
    return evictPod(this, eviction, context, (client) => client.resource(Pod));
  }

  @Subresource("attach", { verbs: ["create", "get"], connect: true, input: () => PodAttachOptions })
  attach({ container }: PodAttachOptions, context: ConnectContext): Promise<never> {
    return streamPod(this, { subresource: "attach", container }, context);
  }

  @Subresource("exec", { verbs: ["create", "get"], connect: true, input: () => PodExecOptions })
  exec({ container }: PodExecOptions, context: ConnectContext): Promise<never> {
    return streamPod(this, { subresource: "exec", container }, context);
  }

  @Subresource("portforward", { verbs: ["create", "get"], connect: true, input: () => PodPortForwardOptions })
  portForward(_options: PodPortForwardOptions, context: ConnectContext): Promise<never> {
    return streamPod(this, { subresource: "portforward" }, context);
  }

  @Subresource("log", { verbs: ["get"], connect: "read", input: () => PodLogOptions, kind: "Pod" })
  log(options: PodLogOptions, context: ConnectContext): Promise<void> {
    return logOfPod(this, options, context);
  }

  @Subresource("proxy", {
    verbs: ["create", "delete", "get", "patch", "update"],
    connect: "proxy",
    input: () => PodProxyOptions,
  })
  proxy(_options: PodProxyOptions, context: ConnectContext): never {
    return proxyToPod(this, context);
  }
}
