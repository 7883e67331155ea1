import type { TypeDescriptions } from "./type-descriptions.js";

/**
 * What types of meta/v1 and their fields are, for `kubectl explain`: those that the OpenAPI of every server does not have by
 * itself, as it has ObjectMeta, Status and DeleteOptions.
 */
export const META_V1: TypeDescriptions = {
  LabelSelector: {
    "": "LabelSelector is a choice of objects by their labels; all of it must hold. An empty one chooses all.",
    matchLabels: "Labels and the values they must have.",
    matchExpressions: "Conditions that the labels must meet.",
  },
  LabelSelectorRequirement: {
    "": "LabelSelectorRequirement is a condition that a label must meet.",
    key: "Key of the label.",
    operator: "In, NotIn, Exists or DoesNotExist.",
    values: "Values: at least one for In and NotIn, none for Exists and DoesNotExist.",
  },
  Condition: {
    "": "Condition is one observation of an object.",
    type: "What is observed, in CamelCase or as a domain with such a name.",
    status: "True, False or Unknown.",
    observedGeneration:
      "The generation of the object that was looked at; when the object has a higher one, the condition is out of date.",
    lastTransitionTime: "When the status last changed.",
    reason: "The cause of the last change, in one CamelCase word.",
    message: "The cause of the last change, in a sentence; it may be empty.",
  },
};
