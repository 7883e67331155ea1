/** What `metadata` is, in every kind. */
export const METADATA = "Name, namespace, labels and the like.";

/** What the fields are that the conditions of nearly every kind have. */
export const CONDITION = {
  status: "True, False or Unknown.",
  lastTransitionTime: "When the status last changed.",
  reason: "The cause of the last change, in one CamelCase word.",
  message: "The cause of the last change, in a sentence.",
};
