import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

const PEER_PORTS = "The ports for which it holds; default: all.";

/** What the types of networking.k8s.io/v1 and their fields are, for `kubectl explain`. */
export const NETWORKING_V1: TypeDescriptions = {
  Ingress: {
    "": "Ingress leads HTTP requests from outside to services, by their host and path.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is: the addresses of the load balancer.",
  },
  IngressSpec: {
    "": "IngressSpec is what is wanted of an ingress.",
    ingressClassName: "Name of the IngressClass, and so of the controller that serves it; default: the default class.",
    defaultBackend: "Where requests go that fit no rule; needed when there are no rules.",
    tls: "Certificates for hosts.",
    rules: "Where requests go, by their host and path.",
  },
  IngressBackend: {
    "": "IngressBackend is where requests go; one of the two.",
    service: "A service of the namespace.",
    resource: "Another object of the namespace, such as a bucket, that the controller knows.",
  },
  IngressServiceBackend: {
    "": "IngressServiceBackend is a port of a service.",
    name: "Name of the service.",
    port: "The port of the service.",
  },
  ServiceBackendPort: {
    "": "ServiceBackendPort is a port by its name or number; one of the two.",
    name: "Name of the port.",
    number: "Number of the port.",
  },
  IngressTLS: {
    "": "IngressTLS is the certificate for some hosts.",
    hosts: "The hosts, which must be in the certificate; default: all of the controller.",
    secretName: "Name of the secret with the certificate and its key; without it the controller has one.",
  },
  IngressRule: {
    "": "IngressRule is where requests for a host go.",
    host: "Name of the host; *.example.com stands for one more label. Default: every host.",
  },
  IngressRuleValue: {
    "": "IngressRuleValue is what is done with the requests of a rule; without it all go to the default backend.",
    http: "Where requests go, by their path.",
  },
  HTTPIngressRuleValue: {
    "": "HTTPIngressRuleValue is where HTTP requests go, by their path.",
    paths: "The paths; the longest that fits counts.",
  },
  HTTPIngressPath: {
    "": "HTTPIngressPath is where requests with a path go.",
    path: "The path; with a slash at its front for Exact and Prefix.",
    pathType:
      "Exact: this path. Prefix: this path and all below it, by whole elements. ImplementationSpecific: as the controller likes.",
    backend: "Where they go.",
  },
  IngressStatus: {
    "": "IngressStatus is what was last seen of an ingress.",
    loadBalancer: "The load balancer, once there is one.",
  },
  IngressLoadBalancerStatus: {
    "": "IngressLoadBalancerStatus is where the load balancer of an ingress is.",
    ingress: "Its addresses.",
  },
  IngressLoadBalancerIngress: {
    "": "IngressLoadBalancerIngress is an address of the load balancer of an ingress.",
    ip: "The address, when it is one.",
    hostname: "The name in DNS, when it is one.",
    ports: "How each port is.",
  },
  IngressPortStatus: {
    "": "IngressPortStatus is how a port of the load balancer of an ingress is.",
    port: "Number of the port.",
    protocol: "TCP, UDP or SCTP.",
    error: "What is wrong, in one CamelCase word or as a domain with such a name.",
  },
  IngressClass: {
    "": "IngressClass is a kind of ingresses, and the controller that serves them.",
    metadata: METADATA,
    spec: "What the class is.",
  },
  IngressClassSpec: {
    "": "IngressClassSpec is what a class of ingresses is.",
    controller: "Name of the controller, as domain/path; it cannot be changed.",
    parameters: "An object with further settings for the controller.",
  },
  IngressClassParametersReference: {
    "": "IngressClassParametersReference names the object with the settings of a class of ingresses.",
    apiGroup: "Group of the kind; empty for the core group.",
    kind: "Kind of the object.",
    name: "Name of the object.",
    scope: "Cluster (the default) or Namespace.",
    namespace: "Namespace of the object; needed for the scope Namespace, and not for Cluster.",
  },
  NetworkPolicy: {
    "": "NetworkPolicy says what may reach pods and what they may reach. Pods that no policy chooses may do all.",
    metadata: METADATA,
    spec: "What is allowed.",
  },
  NetworkPolicySpec: {
    "": "NetworkPolicySpec is what may reach the pods of a policy and what they may reach.",
    podSelector: "The pods of the namespace that it is about; empty: all.",
    ingress: "What may reach them; with Ingress and without a rule: nothing.",
    egress: "What they may reach; with Egress and without a rule: nothing.",
    policyTypes: "What it limits: Ingress, Egress or both. Default: Ingress, and Egress if it has rules for it.",
  },
  NetworkPolicyIngressRule: {
    "": "NetworkPolicyIngressRule is something that may reach the pods of a policy.",
    ports: PEER_PORTS,
    from: "From where; one of them. Default: from everywhere.",
  },
  NetworkPolicyEgressRule: {
    "": "NetworkPolicyEgressRule is something that the pods of a policy may reach.",
    ports: PEER_PORTS,
    to: "Where to; one of them. Default: everywhere.",
  },
  NetworkPolicyPort: {
    "": "NetworkPolicyPort is a port, or a range of ports.",
    protocol: "TCP (the default), UDP or SCTP.",
    port: "Number of the port, or the name that the pods give it; default: all.",
    endPort: "The last port of a range that begins with port, which must then be a number.",
  },
  NetworkPolicyPeer: {
    "": "NetworkPolicyPeer is some pods, or some addresses.",
    podSelector:
      "Pods by their labels, in the namespaces of namespaceSelector or, without it, in that of the policy; empty: all.",
    namespaceSelector: "Namespaces by their labels; empty: all. Without podSelector all their pods.",
    ipBlock: "A range of addresses; not together with the selectors.",
  },
  IPBlock: {
    "": "IPBlock is a range of addresses.",
    cidr: "The range, such as 192.168.0.0/16 or 2001:db8::/64.",
    except: "Ranges within it that are left out.",
  },
};
