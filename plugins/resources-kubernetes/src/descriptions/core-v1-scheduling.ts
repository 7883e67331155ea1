import type { TypeDescriptions } from "./type-descriptions.js";

const REQUIRED = "Rules that must hold when the pod is placed; later changes do not move it. All of them must hold.";
const PREFERRED = "Wishes with weights; the node where they add up to most is taken.";
const WEIGHT = "How much it counts, from 1 to 100.";
const NODE_POLICY = "Honor: only nodes that they allow. Ignore: all nodes. Default:";

/** What the types that say where a pod may run are, and their fields, for `kubectl explain`. */
export const CORE_V1_SCHEDULING: TypeDescriptions = {
  Affinity: {
    "": "Affinity is which nodes and which other pods a pod is to be near to or away from.",
    nodeAffinity: "Which nodes it is to run on.",
    podAffinity: "Near which other pods it is to run.",
    podAntiAffinity: "Away from which other pods it is to run.",
  },
  NodeAffinity: {
    "": "NodeAffinity is which nodes a pod is to run on.",
    requiredDuringSchedulingIgnoredDuringExecution:
      "What a node must be when the pod is placed; later changes do not move it.",
    preferredDuringSchedulingIgnoredDuringExecution: PREFERRED,
  },
  NodeSelector: {
    "": "NodeSelector is a choice of nodes.",
    nodeSelectorTerms: "Of these one must hold.",
  },
  NodeSelectorTerm: {
    "": "NodeSelectorTerm is conditions that a node must all meet; without any no node does.",
    matchExpressions: "Conditions on the labels of the node.",
    matchFields: "Conditions on fields of the node; metadata.name is the one.",
  },
  NodeSelectorRequirement: {
    "": "NodeSelectorRequirement is a condition that a node must meet.",
    key: "The label or field.",
    operator: "In, NotIn, Exists, DoesNotExist, Gt or Lt.",
    values: "Values: some for In and NotIn, none for Exists and DoesNotExist, one whole number for Gt and Lt.",
  },
  PreferredSchedulingTerm: {
    "": "PreferredSchedulingTerm is nodes that are preferred.",
    weight: WEIGHT,
    preference: "The nodes that are preferred.",
  },
  PodAffinity: {
    "": "PodAffinity is near which other pods a pod is to run.",
    requiredDuringSchedulingIgnoredDuringExecution: REQUIRED,
    preferredDuringSchedulingIgnoredDuringExecution: PREFERRED,
  },
  PodAntiAffinity: {
    "": "PodAntiAffinity is away from which other pods a pod is to run.",
    requiredDuringSchedulingIgnoredDuringExecution: REQUIRED,
    preferredDuringSchedulingIgnoredDuringExecution: PREFERRED,
  },
  PodAffinityTerm: {
    "": "PodAffinityTerm is other pods, and what being near to them means.",
    labelSelector: "The other pods, by their labels; without it none.",
    namespaces: "Namespaces of the other pods, beside those of namespaceSelector; without both that of the pod.",
    topologyKey: "Label of nodes: nodes with the same value are near to each other.",
    namespaceSelector: "Namespaces of the other pods, by their labels; the empty selector is all of them.",
    matchLabelKeys: "Labels that the other pods must have with the value that this pod has.",
    mismatchLabelKeys: "Labels that the other pods must have with another value than this pod has.",
  },
  WeightedPodAffinityTerm: {
    "": "WeightedPodAffinityTerm is a wish to run near other pods, or away from them.",
    weight: WEIGHT,
    podAffinityTerm: "The other pods.",
  },
  Toleration: {
    "": "Toleration is taints of nodes that do not keep a pod away.",
    key: "Key of the taint; without it, and with the operator Exists, all taints.",
    operator:
      "Equal (the default): the value is the same. Exists: any value. Lt, Gt: the taint's number is lower or higher.",
    value: "Value of the taint; none with the operator Exists.",
    effect: "Effect of the taint: NoSchedule, PreferNoSchedule or NoExecute; without it all.",
    tolerationSeconds: "For how many seconds a taint with NoExecute is put up with; without it for ever.",
  },
  TopologySpreadConstraint: {
    "": "TopologySpreadConstraint is how evenly pods are to be spread over zones, nodes or the like.",
    maxSkew: "How many pods more than in the emptiest place there may be in any; at least 1.",
    topologyKey: "Label of nodes: nodes with the same value are one place.",
    whenUnsatisfiable: "When it cannot be: DoNotSchedule makes the pod wait, ScheduleAnyway makes it only a wish.",
    labelSelector: "The pods that are counted, by their labels.",
    minDomains:
      "How many places there must be; while there are fewer the emptiest counts as having no pod. Default: 1.",
    nodeAffinityPolicy: `Whether the pod's nodeSelector and nodeAffinity limit the nodes that count. ${NODE_POLICY} Honor.`,
    nodeTaintsPolicy: `Whether taints limit the nodes that count. ${NODE_POLICY} Ignore.`,
    matchLabelKeys: "Labels with whose values in this pod the pods that are counted are narrowed down.",
  },
  TopologySelectorTerm: {
    "": "TopologySelectorTerm is conditions on where volumes may be made; all of them must hold.",
    matchLabelExpressions: "Conditions on the labels of nodes.",
  },
  TopologySelectorLabelRequirement: {
    "": "TopologySelectorLabelRequirement is a condition on a label of nodes.",
    key: "Key of the label.",
    values: "The values of which it must have one.",
  },
};
