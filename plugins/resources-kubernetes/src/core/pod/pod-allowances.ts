/**
 * Where a pod need not follow the rules: mostly since the stored one does not; upstream's `PodValidationOptions`, without what
 * feature gates decide.
 */
export interface PodAllowances {
  /** The object is a pod, and no template of pods: the network of the host needs `hostPort`. */
  readonly isPod?: boolean;
  readonly deletionCosts?: boolean;
  readonly partsOfHugePages?: boolean;
  readonly selectorValues?: boolean;
  readonly nodeAffinityValues?: boolean;
  readonly spreadSelectors?: boolean;
  /** The keys of topology spread constraints are checked as they were before selectors were made of them. */
  readonly legacySpreadKeys?: boolean;
  readonly tokenPaths?: boolean;
  readonly hostSysctls?: boolean;
  readonly devicesWithUserNamespaces?: boolean;
  readonly hostNetworkWithUserNamespaces?: boolean;
  readonly emptyImageReferences?: boolean;
  readonly sysAdminWithoutEscalation?: boolean;
  readonly comparingTolerations?: boolean;
  readonly restartOfInitContainersOnResize?: boolean;
}
