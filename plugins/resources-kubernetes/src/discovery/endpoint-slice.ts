import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as discovery from "../types/discovery-v1.js";

@Native({
  group: "discovery.k8s.io",
  version: "v1",
  kind: "EndpointSlice",
})
export class EndpointSlice extends ApiObject {
  addressType!: discovery.EndpointSlice["addressType"];
  endpoints!: discovery.EndpointSlice["endpoints"];
  ports!: discovery.EndpointSlice["ports"];
}
