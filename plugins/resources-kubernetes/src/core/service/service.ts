import type { FieldErrors, ObjectMeta } from "@quarterdeck/meta";
import {
  ApiObject,
  Column,
  type ConnectContext,
  type HookContext,
  SelectableField,
  Subresource,
  type WriteEnd,
} from "@quarterdeck/sdk";
import { ServiceNetwork, type ServiceOwner } from "@quarterdeck/service-network";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { allocate, releaseAll } from "./allocation/allocate.js";
import { checkClusterIpsUpdate } from "./check-cluster-ips-update.js";
import { checkLoadBalancerClass, checkLoadBalancerStatus } from "./check-load-balancer.js";
import { checkService } from "./check-service.js";
import { checkHealthCheckUpdate } from "./check-traffic.js";
import { defaultService } from "./default-service.js";
import { dropInternalPolicy, dropTypeFields } from "./drop-type-fields.js";
import { alignClusterIps, keepAllocated } from "./keep-allocated.js";
import { proxyToService } from "./proxy-to-service.js";
import { SERVICE_COLUMNS } from "./service-columns.js";
import { ServiceProxyOptions } from "./service-proxy-options.js";
import { loadBalancerWarnings, serviceWarnings } from "./service-warnings.js";

/** One name and address for a set of pods. */
@Native({
  group: "",
  version: "v1",
  kind: "Service",
  shortNames: ["svc"],
  categories: ["all"],
  status: true,
  // upstream lets names begin with a digit since 1.36
  nameFormat: "label",
  createOnUpdate: true,
  returnDeletedObject: true,
})
@SelectableField(".spec.clusterIP")
@SelectableField(".spec.type")
@Column(SERVICE_COLUMNS.type)
@Column(SERVICE_COLUMNS.clusterIp)
@Column(SERVICE_COLUMNS.externalIp)
@Column(SERVICE_COLUMNS.ports)
@Column(AGE_COLUMN)
@Column(SERVICE_COLUMNS.selector)
export class Service extends ApiObject {
  override spec!: core.Service["spec"];
  override status!: core.Service["status"];

  override default(): void {
    defaultService(this.spec, this.status);
  }

  override async begin(old: this | undefined, context: HookContext): Promise<WriteEnd | undefined> {
    if (old !== undefined) keepAllocated(this.spec, old.spec);
    alignClusterIps(this.spec, old?.spec);
    dropInternalPolicy(this.spec);
    const network = context.services.find(ServiceNetwork);
    if (network === undefined) return undefined;
    return allocate(network, ownerOf(this.metadata), this.spec, old?.spec, context.dryRun);
  }

  override async afterDelete(context: HookContext): Promise<void> {
    const network = context.services.find(ServiceNetwork);
    if (network !== undefined) await releaseAll(network, ownerOf(this.metadata), this.spec);
  }

  override prepareForCreate(): void {
    this.status = { loadBalancer: {} };
  }

  override prepareForUpdate(old: this): void {
    dropTypeFields(this.spec, old.spec, this.status);
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.operation !== "CREATE") return;
    checkService(this, undefined, errors);
    if (errors.empty) warnOf(serviceWarnings(this.metadata, this.spec), context);
  }

  override validateUpdate(old: this, errors: FieldErrors, context: HookContext): void {
    if (context.subresource === "status") {
      checkLoadBalancerStatus(this.status.loadBalancer, old.status.loadBalancer, this.spec.type, errors);
      if (errors.empty) warnOf(loadBalancerWarnings(this.status.loadBalancer), context);
      return;
    }
    checkClusterIpsUpdate(this.spec, old.spec, errors);
    checkLoadBalancerClass(this.spec, old.spec, errors);
    checkHealthCheckUpdate(this.spec, old.spec, errors);
    checkService(this, old, errors);
    if (errors.empty) warnOf(serviceWarnings(this.metadata, this.spec), context);
  }

  @Subresource("proxy", {
    verbs: ["create", "delete", "get", "patch", "update"],
    connect: "proxy",
    input: () => ServiceProxyOptions,
  })
  proxy(_options: ServiceProxyOptions, context: ConnectContext): never {
    return proxyToService(this.metadata, this.spec, context);
  }
}

function ownerOf({ namespace = "", name = "" }: ObjectMeta): ServiceOwner {
  return { namespace, name };
}

function warnOf(warnings: readonly string[], context: HookContext): void {
  for (const warning of warnings) context.warn(warning);
}
