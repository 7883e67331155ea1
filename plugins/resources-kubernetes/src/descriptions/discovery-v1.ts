import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of discovery.k8s.io/v1 and their fields are, for `kubectl explain`. */
export const DISCOVERY_V1: TypeDescriptions = {
  EndpointSlice: {
    "": "EndpointSlice is some of the endpoints behind a service, which its label kubernetes.io/service-name names.",
    metadata: METADATA,
    addressType: "What the addresses are: IPv4, IPv6, or FQDN, which is deprecated. It cannot be changed.",
    endpoints: "The endpoints, at most 1000.",
    ports: "The ports that each of them has, at most 100.",
  },
  Endpoint: {
    "": "Endpoint is one place behind a service, mostly a pod.",
    addresses: "Its addresses, of which the first is used.",
    conditions: "How it is.",
    hostname: "The name that DNS puts before that of the service.",
    targetRef: "The object that it is, mostly a pod.",
    deprecatedTopology: "Not used any more; nodeName and zone have it.",
    nodeName: "Name of its node.",
    zone: "Name of its zone.",
    hints: "From where it is best used.",
  },
  EndpointConditions: {
    "": "EndpointConditions is how an endpoint is.",
    ready: "True: it is ready and not going away. Without a word that is so.",
    serving: "True: it is ready, going away or not. Without a word it is as ready says.",
    terminating: "True: it is going away.",
  },
  EndpointHints: {
    "": "EndpointHints is from where an endpoint is best used.",
    forZones: "From these zones, at most 8.",
    forNodes: "From these nodes, at most 8.",
  },
  ForZone: { "": "ForZone is a zone from which an endpoint is best used.", name: "Name of the zone." },
  ForNode: { "": "ForNode is a node from which an endpoint is best used.", name: "Name of the node." },
  EndpointPort: {
    "": "EndpointPort is a port of endpoints.",
    name: "Name of the port at the service; unique in the slice.",
    protocol: "TCP (the default), UDP or SCTP.",
    port: "Number of the port; without it all.",
    appProtocol: "What is spoken on the port: a name such as http, or a domain with a name such as kubernetes.io/h2c.",
  },
};
