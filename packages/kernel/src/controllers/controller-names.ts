/** The loops that the server can run itself, as the config's `controllers` names them. */
export const CONTROLLER_NAMES = [
  "namespace",
  "clusterrole-aggregation",
  "csr-approving",
  "csr-signing",
  "csr-cleaner",
] as const;

/** A name of {@link CONTROLLER_NAMES}. */
export type ControllerName = (typeof CONTROLLER_NAMES)[number];
