import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { ipWarning } from "../../checks/check-ip.js";
import { sameJson } from "../../checks/same-json.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { listCell } from "../../columns/list-cell.js";
import { Native } from "../../native.js";
import type * as discovery from "../../types/discovery-v1.js";
import { checkChangedType, checkDeclared, checkSliceEndpoints, checkSlicePorts } from "./check-endpoint-slice.js";
import { dropTopology } from "./drop-topology.js";

const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
const CONTROLLERS = new Set(["endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io"]);

function isEndpointSlice(object: object): object is discovery.EndpointSlice {
  return "addressType" in object && typeof object.addressType === "string";
}

function portsCell(object: KubeObject): string {
  const ports = isEndpointSlice(object) ? (object.ports ?? []) : [];
  const texts = ports.map(({ port, name }) => String(port ?? name ?? "*"));
  return listCell(texts, "") || "<unset>";
}

function addressesCell(object: KubeObject): string {
  const endpoints = isEndpointSlice(object) ? (object.endpoints ?? []) : [];
  const addresses = endpoints.flatMap((endpoint) => endpoint.addresses ?? []);
  return listCell(addresses, "<unset>");
}

/** A part of where the requests of a service go. */
@Native({
  group: "discovery.k8s.io",
  version: "v1",
  kind: "EndpointSlice",
})
@Column({
  name: "AddressType",
  type: "string",
  description: "What the addresses are: IPv4, IPv6 or names",
  jsonPath: ".addressType",
})
@Column({ name: "Ports", type: "string", description: "The ports of each address", value: portsCell })
@Column({ name: "Endpoints", type: "string", description: "The addresses", value: addressesCell })
@Column(AGE_COLUMN)
export class EndpointSlice extends ApiObject {
  addressType!: discovery.EndpointSlice["addressType"];
  endpoints!: discovery.EndpointSlice["endpoints"];
  ports!: discovery.EndpointSlice["ports"];

  override default(): void {
    for (const port of this.ports ?? []) {
      port.name ??= "";
      port.protocol ??= "TCP";
    }
  }

  override prepareForCreate(): void {
    this.metadata.generation = 1;
    dropTopology(this.endpoints, null);
  }

  override prepareForUpdate(old: this): void {
    const content = ({ addressType, endpoints, ports, metadata }: EndpointSlice) => ({
      addressType,
      endpoints: endpoints ?? [],
      ports: ports ?? [],
      labels: metadata.labels ?? {},
    });
    if (!sameJson(content(this), content(old))) this.metadata.generation = (old.metadata.generation ?? 0) + 1;
    if (!sameJson(this.endpoints, old.endpoints)) dropTopology(this.endpoints, old.endpoints);
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.operation !== "CREATE") return;
    check(this, undefined, errors);
    if (!errors.empty) return;
    if (this.addressType === "FQDN") context.warn("spec.addressType: FQDN endpoints are deprecated");
    warnOfAddresses(this, context);
  }

  override validateUpdate(old: this, errors: FieldErrors, context: HookContext): void {
    check(this, old, errors);
    if (errors.empty) warnOfAddresses(this, context);
  }
}

function check(slice: EndpointSlice, old: EndpointSlice | undefined, errors: FieldErrors): void {
  if (old !== undefined) checkChangedType(slice.addressType, old.addressType, errors);
  checkSlicePorts(slice.ports, errors);
  // what was let pass once may stay
  if (old === undefined || !sameJson(slice.endpoints, old.endpoints))
    checkSliceEndpoints(slice.endpoints, slice.addressType, errors);
  checkDeclared(slice, old, errors);
}

/** Tells of addresses that should be written otherwise; the controllers of slices write them well. */
function warnOfAddresses({ metadata, endpoints }: EndpointSlice, context: HookContext): void {
  if (CONTROLLERS.has(metadata.labels?.[MANAGED_BY] ?? "")) return;
  for (const [index, { addresses }] of (endpoints ?? []).entries())
    for (const [at, address] of (addresses ?? []).entries()) {
      const warning = ipWarning(address, `endpoints[${index}].addresses[${at}]`);
      if (warning !== undefined) context.warn(warning);
    }
}
