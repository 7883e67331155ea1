import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

const PROTOCOL = "TCP (the default), UDP or SCTP.";
const APP_PROTOCOL =
  "What is spoken on the port: a name such as http, or a domain with a name such as kubernetes.io/h2c.";

/** What services and endpoints are, and their fields, for `kubectl explain`. */
export const CORE_V1_SERVICE: TypeDescriptions = {
  Service: {
    "": "Service gives a set of pods one name and one address, and spreads what comes there over them.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is: the addresses of the load balancer.",
  },
  ServiceSpec: {
    "": "ServiceSpec is what is wanted of a service.",
    ports: "The ports of the service; with more than one each has a name.",
    selector: "Labels of the pods behind it; without any somebody else must write the endpoints. Not for ExternalName.",
    clusterIP:
      "Its address in the cluster, the first of clusterIPs; the server chooses one. None: it has no address, and DNS names the pods.",
    clusterIPs: "Its addresses in the cluster, at most one of IPv4 and one of IPv6; the first cannot be changed.",
    type: "ClusterIP (the default): within the cluster. NodePort: on a port of every node too. LoadBalancer: outside too. ExternalName: only another name in DNS.",
    externalIPs:
      "Further addresses at which nodes take what is for the service; who writes them sees that it gets there.",
    sessionAffinity: "ClientIP: one client always gets to the same pod. None (the default): to any.",
    loadBalancerIP: "The address that the load balancer is to have, where it can. Deprecated.",
    loadBalancerSourceRanges:
      "Ranges of addresses from which the load balancer takes traffic, such as 10.0.0.0/8; default: all.",
    externalName: "The name that DNS gives as an alias; only for ExternalName, and needed there.",
    externalTrafficPolicy:
      "Cluster (the default): what comes from outside goes to any pod. Local: only to pods of the same node, with the client's address kept.",
    healthCheckNodePort:
      "Port of the nodes at which the load balancer asks whether a node has pods; only for LoadBalancer with Local. The server chooses one.",
    publishNotReadyAddresses:
      "True: pods that are not ready are told too, as members of a set need to find each other.",
    sessionAffinityConfig: "How long sessionAffinity lasts.",
    ipFamilies: "IPv4, IPv6 or both, in the order of clusterIPs; default: what the cluster has.",
    ipFamilyPolicy:
      "SingleStack (the default), PreferDualStack, or RequireDualStack, which fails where there is but one family.",
    allocateLoadBalancerNodePorts: "False: the ports of a load balancer get no ports of nodes. Default: true.",
    loadBalancerClass:
      "The kind of load balancer; without it that of the cloud. It cannot be changed while the type stays.",
    internalTrafficPolicy:
      "Cluster (the default): what comes from pods goes to any pod. Local: only to pods of the same node.",
    trafficDistribution:
      "Which pods are preferred: PreferSameZone (also called PreferClose) or PreferSameNode; default: none.",
  },
  ServicePort: {
    "": "ServicePort is a port of a service.",
    name: "Name of the port, a DNS label; needed when there is more than one.",
    protocol: PROTOCOL,
    appProtocol: APP_PROTOCOL,
    port: "Number of the port at the service.",
    targetPort: "Number of the port at the pods, or the name that they give it; default: the same number.",
    nodePort: "Port of the nodes, for NodePort and LoadBalancer; the server chooses one.",
  },
  SessionAffinityConfig: {
    "": "SessionAffinityConfig is how long clients stay with one pod.",
    clientIP: "For ClientIP.",
  },
  ClientIPConfig: {
    "": "ClientIPConfig is how long clients stay with one pod by their address.",
    timeoutSeconds: "For how many seconds, up to 86400; default: 10800.",
  },
  ServiceStatus: {
    "": "ServiceStatus is what was last seen of a service.",
    loadBalancer: "The load balancer, once there is one.",
    conditions: "The latest observations, one of each type.",
  },
  LoadBalancerStatus: {
    "": "LoadBalancerStatus is where a load balancer is.",
    ingress: "Its addresses.",
  },
  LoadBalancerIngress: {
    "": "LoadBalancerIngress is an address of a load balancer.",
    ip: "The address, when it is one.",
    hostname: "The name in DNS, when it is one.",
    ipMode:
      "VIP (the default): what arrives still has this address. Proxy: it has that of the node or pod. Only with ip.",
    ports: "How each port of the service is.",
  },
  PortStatus: {
    "": "PortStatus is how a port of a service is at its load balancer.",
    port: "Number of the port at the service.",
    protocol: "TCP, UDP or SCTP.",
    error: "What is wrong, in one CamelCase word or as a domain with such a name.",
  },
  Endpoints: {
    "": "Endpoints is the addresses behind a service of the same name. Deprecated: EndpointSlice has them.",
    metadata: METADATA,
    subsets: "The addresses, together with the ports that they have.",
  },
  EndpointSubset: {
    "": "EndpointSubset is addresses that all have the same ports.",
    addresses: "Addresses that are ready.",
    notReadyAddresses: "Addresses that are not ready.",
    ports: "The ports.",
  },
  EndpointAddress: {
    "": "EndpointAddress is one address behind a service.",
    ip: "The address; not of the own machine, and no multicast.",
    hostname: "The name that DNS puts before that of the service.",
    nodeName: "Name of the node.",
    targetRef: "The object that the address is of, mostly a pod.",
  },
  EndpointPort: {
    "": "EndpointPort is a port of the addresses behind a service.",
    name: "Name of the port at the service.",
    port: "Number of the port.",
    protocol: PROTOCOL,
    appProtocol: APP_PROTOCOL,
  },
};
