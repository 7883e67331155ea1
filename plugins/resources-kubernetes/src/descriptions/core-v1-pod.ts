import { CONDITION, METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types that make a pod are, and their fields, for `kubectl explain`. */
export const CORE_V1_POD: TypeDescriptions = {
  Pod: {
    "": "Pod is one or more containers that run on one node and share its network address and volumes.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is, as the node last told.",
  },
  PodTemplate: {
    "": "PodTemplate keeps a template for pods under a name.",
    metadata: METADATA,
    template: "What pods made from it are to be.",
  },
  PodTemplateSpec: {
    "": "PodTemplateSpec is what pods are made from.",
    metadata: "The labels and annotations that the pods get.",
    spec: "What is wanted of the pods.",
  },
  PodSpec: {
    "": "PodSpec is what is wanted of a pod. Once the pod exists, little of it can be changed.",
    volumes: "Volumes that containers of the pod can mount; their names are unique.",
    initContainers:
      "Containers that run to their end one after another before the others start; with restartPolicy Always they start in this order and go on running beside the others.",
    containers: "The containers of the pod, at least one; their names are unique in the pod.",
    ephemeralContainers:
      "Containers that were added to the running pod to look into it; they are written through /ephemeralcontainers only.",
    restartPolicy: "When containers that have ended start again: Always (the default), OnFailure or Never.",
    terminationGracePeriodSeconds:
      "How many seconds the containers have to end by themselves once the pod is deleted; 0 kills them at once. Default: 30.",
    activeDeadlineSeconds:
      "After how many seconds on its node the pod is ended and marked as failed, whatever it does.",
    dnsPolicy:
      "How names are looked up: ClusterFirst (the default) asks the cluster, ClusterFirstWithHostNet does so for pods on the node's network, Default asks as the node does, None asks as dnsConfig says.",
    nodeSelector: "Labels that a node must have for the pod to run on it.",
    serviceAccountName: "Name of the ServiceAccount that the pod acts as; default: default.",
    serviceAccount: "An old name of serviceAccountName; both have the same value.",
    automountServiceAccountToken:
      "False: no token of the service account is mounted; it goes before what the account says.",
    nodeName:
      "Name of the node that the pod runs on. The scheduler sets it; who sets it himself goes past the scheduler.",
    hostNetwork: "True: the pod uses the network of its node, so that its ports are ports of the node.",
    hostPID: "True: the pod sees the processes of its node.",
    hostIPC: "True: the pod shares the interprocess communication of its node.",
    shareProcessNamespace: "True: the containers of the pod see each other's processes. Not together with hostPID.",
    securityContext: "User, groups and other rights of all containers; what a container says itself goes before it.",
    imagePullSecrets: "Secrets of the namespace with the credentials for pulling the images.",
    hostname: "The host name that the pod sees; default: the pod's name.",
    subdomain: "Makes the pod's full host name hostname.subdomain.namespace.svc.domain; without it there is none.",
    affinity: "Which nodes and which other pods the pod is to be near to or away from.",
    schedulerName: "Name of the scheduler that places the pod; default: default-scheduler.",
    tolerations: "Taints of nodes that do not keep the pod away.",
    hostAliases: "Lines that are added to the pod's /etc/hosts.",
    priorityClassName:
      "Name of the PriorityClass that gives the pod its priority; without it the default class does, or 0.",
    priority: "The priority, a higher number before a lower; the server takes it from the class.",
    dnsConfig: "What is added to the DNS settings that come from dnsPolicy.",
    readinessGates: "Conditions that must be True, beside the containers being ready, for the pod to be ready.",
    runtimeClassName: "Name of the RuntimeClass that the pod runs with; without it the node's usual runtime.",
    enableServiceLinks:
      "True (the default): the services of the namespace are told to the containers in environment variables.",
    preemptionPolicy:
      "PreemptLowerPriority (the default): pods of lower priority may have to go to make room. Never: the pod waits for room.",
    overhead: "What running the pod costs beside its containers; the server takes it from the runtime class.",
    topologySpreadConstraints: "How evenly pods are to be spread over zones, nodes or the like; all of them must hold.",
    setHostnameAsFQDN: "True: the host name that the pod sees is the full one with its domain. Default: false.",
    os: "The operating system of the containers; the node must have it, and some fields are only for one of them.",
    hostUsers: "False: the pod gets users of its own, and root in it is nobody on the node. Default: true.",
    schedulingGates:
      "As long as there is one the pod is not scheduled; they can be given at creation only and then be taken away.",
    resourceClaims: "Claims of devices that must be allocated before the pod starts; containers use them by name.",
    resources: "What all containers of the pod may take together: cpu, memory and huge pages.",
    hostnameOverride:
      "The host name that the pod sees, in full; it goes before hostname, subdomain and setHostnameAsFQDN.",
    schedulingGroup: "The group of pods that this pod is scheduled with.",
  },
  PodSecurityContext: {
    "": "PodSecurityContext is the rights of all containers of a pod, as far as the containers do not say otherwise.",
    seLinuxOptions: "The SELinux label of the containers; without it the runtime makes one up for each.",
    windowsOptions: "What is for Windows only.",
    runAsUser: "The number of the user that processes run as; default: what the image says.",
    runAsGroup: "The number of the group that processes run as; default: what the runtime does.",
    runAsNonRoot: "True: a container that would run as user 0 does not start.",
    supplementalGroups: "Numbers of further groups of the first process of each container.",
    supplementalGroupsPolicy:
      "Merge (the default): groups that the image's /etc/group has for the user are added. Strict: they are not.",
    fsGroup: "Number of a group that owns the files of volumes that allow it; processes are members of it.",
    sysctls: "Settings of the kernel for the pod.",
    fsGroupChangePolicy:
      "When the owner of a volume's files is changed to fsGroup: Always (the default), or OnRootMismatch, when its root has another.",
    seccompProfile: "Which calls of the kernel the containers may make.",
    appArmorProfile: "The AppArmor profile of the containers.",
    seLinuxChangePolicy:
      "How volumes get the SELinux label: MountOption, at once when mounting, or Recursive, file by file. Default: MountOption where the volume can.",
  },
  Sysctl: { "": "Sysctl is a setting of the kernel.", name: "Name of the setting.", value: "Its value." },
  HostAlias: {
    "": "HostAlias is a line of /etc/hosts.",
    ip: "The address.",
    hostnames: "The names that stand for it.",
  },
  PodDNSConfig: {
    "": "PodDNSConfig is DNS settings that are added to those of the pod's dnsPolicy.",
    nameservers: "Addresses of name servers, after those of the policy.",
    searches: "Domains in which short names are looked up, after those of the policy.",
    options: "Options of the resolver; they go before those of the policy with the same name.",
  },
  PodDNSConfigOption: {
    "": "PodDNSConfigOption is an option of the resolver.",
    name: "Name of the option, such as ndots.",
    value: "Its value, if it has one.",
  },
  PodReadinessGate: {
    "": "PodReadinessGate is a condition that a pod needs to be ready.",
    conditionType: "Type of the condition in the pod's status.",
  },
  PodOS: { "": "PodOS is the operating system of a pod.", name: "The system: linux or windows." },
  PodSchedulingGate: {
    "": "PodSchedulingGate keeps a pod from being scheduled.",
    name: "Name of the gate; each is there once.",
  },
  PodResourceClaim: {
    "": "PodResourceClaim is a claim of devices for a pod: one that exists, or one made from a template.",
    name: "The name by which containers use the claim.",
    resourceClaimName: "Name of a ResourceClaim of the namespace; not together with a template.",
    resourceClaimTemplateName:
      "Name of a ResourceClaimTemplate of the namespace; the claim made from it is deleted with the pod.",
  },
  PodSchedulingGroup: {
    "": "PodSchedulingGroup is which group of pods a pod is scheduled with.",
    podGroupName: "Name of a PodGroup of the namespace.",
  },
  PodStatus: {
    "": "PodStatus is what was last seen of a pod.",
    observedGeneration: "The generation of the spec that this status is about.",
    phase:
      "Pending until all containers have started once, Running, Succeeded when all have ended well, Failed when all have ended and one did not end well, Unknown when the node is silent.",
    conditions: "The latest observations, one of each type.",
    message: "In a sentence why the pod is in this state.",
    reason: "In one CamelCase word why the pod is in this state, such as Evicted.",
    nominatedNodeName: "Name of the node on which other pods are making room for this one; it may still go elsewhere.",
    hostIP: "Address of the pod's node.",
    hostIPs: "All addresses of the pod's node; the first is hostIP.",
    podIP: "Address of the pod.",
    podIPs: "All addresses of the pod, at most one of IPv4 and one of IPv6; the first is podIP.",
    startTime: "When the node took the pod on, before it pulled the images.",
    initContainerStatuses: "How each of the init containers is.",
    containerStatuses: "How each of the containers is.",
    qosClass:
      "How safe the pod is when the node runs short: Guaranteed when requests and limits are equal, Burstable with some of them, BestEffort without any.",
    ephemeralContainerStatuses: "How each of the ephemeral containers is.",
    resize: "How far a change of the containers' resources has got; the conditions have it now.",
    resourceClaimStatuses: "The claims that were made from templates.",
    extendedResourceClaimStatus: "The claim that was made for extended resources that devices stand behind.",
    allocatedResources: "What the node has set aside for the pod as a whole.",
    resources: "What the pod as a whole runs with now.",
    nodeAllocatableResourceClaimStatuses: "What claims of devices take from the resources of the node.",
  },
  PodCondition: {
    "": "PodCondition is one observation of a pod.",
    type: "What is observed, such as PodScheduled, Initialized, ContainersReady, Ready or DisruptionTarget.",
    observedGeneration: "The generation of the spec that the condition is about.",
    lastProbeTime: "When it was last looked at.",
    ...CONDITION,
  },
  HostIP: { "": "HostIP is an address of a node.", ip: "The address." },
  PodIP: { "": "PodIP is an address of a pod.", ip: "The address." },
  PodResourceClaimStatus: {
    "": "PodResourceClaimStatus is the claim that was made from a template for a pod.",
    name: "Name of the entry in the pod's resourceClaims.",
    resourceClaimName: "Name of the ResourceClaim; without it none was needed.",
  },
  PodExtendedResourceClaimStatus: {
    "": "PodExtendedResourceClaimStatus is the claim that was made for the extended resources of a pod.",
    requestMappings: "Which request of the claim serves which container.",
    resourceClaimName: "Name of the ResourceClaim.",
  },
  ContainerExtendedResourceRequest: {
    "": "ContainerExtendedResourceRequest is which request of a claim serves an extended resource of a container.",
    containerName: "Name of the container.",
    resourceName: "Name of the extended resource.",
    requestName: "Name of the request in the claim.",
  },
  NodeAllocatableResourceClaimStatus: {
    "": "NodeAllocatableResourceClaimStatus is what a claim of devices takes from the resources of the node.",
    resourceClaimName: "Name of the ResourceClaim.",
    containers: "Names of the containers that use the claim.",
    resources: "How much it takes of each resource.",
  },
};
