/** When an image is pulled, sorted as upstream lists them. */
export const PULL_POLICIES = ["Always", "IfNotPresent", "Never"] as const;
