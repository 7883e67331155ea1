import { FieldErrors, labelValueErrors } from "@quarterdeck/meta";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkUnreservedPath } from "../../checks/check-path.js";
import { isWholePages } from "../../checks/check-resources.js";
import { isHugePages } from "../../checks/resource-names.js";
import type * as core from "../../types/core-v1.js";
import type { LabelSelector, ObjectMeta } from "../../types/meta-v1.js";
import { checkLabelKeys } from "./check-label-keys.js";
import { hostSysctlProblem } from "./check-sysctls.js";
import { containersOf, isSidecar } from "./containers-of.js";
import { isDeletionCost } from "./deletion-cost.js";
import { DELETION_COST_ANNOTATION } from "./pod-annotations.js";

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

type Old = Pick<core.PodTemplateSpec, "spec"> & { readonly metadata: Pick<ObjectMeta, "annotations"> };

/** True when a check finds something. */
function finds(check: (errors: FieldErrors) => void): boolean {
  const errors = new FieldErrors();
  check(errors);
  return !errors.empty;
}

function affinityTerms({ affinity = {} }: core.PodSpec): core.PodAffinityTerm[] {
  return [affinity.podAffinity, affinity.podAntiAffinity].flatMap((one) => [
    ...(one?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(one?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ]);
}

function hasSelector(selectors: readonly (LabelSelector | undefined)[]): boolean {
  return selectors.some((one) => one !== undefined && finds((errors) => checkLabelSelector(one, "", errors)));
}

function hasNodeAffinityValue({ affinity }: core.PodSpec): boolean {
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return (required?.nodeSelectorTerms ?? []).some(({ matchExpressions = [] }) =>
    matchExpressions.some(({ values = [] }) => values.some((value) => labelValueErrors(value).length > 0)),
  );
}

function hasPartsOfPages(spec: core.PodSpec): boolean {
  const lists = containersOf(spec).flatMap(({ container: { resources } }) => [resources.requests, resources.limits]);
  return [...lists, spec.overhead].some((list = {}) =>
    Object.entries(list).some(([name, text]) => isHugePages(name) && !isWholePages(name, text)),
  );
}

function hasTokenPath({ volumes = [] }: core.PodSpec): boolean {
  const sources = volumes.flatMap(({ projected }) => projected?.sources ?? []);
  return sources.some(({ serviceAccountToken: token }) =>
    token === undefined ? false : finds((errors) => checkUnreservedPath(token.path, "", errors)),
  );
}

function hasSysAdmin(spec: core.PodSpec): boolean {
  return containersOf(spec).some(({ container: { securityContext } }) => {
    if (securityContext?.allowPrivilegeEscalation === true) return false;
    return securityContext?.capabilities?.add?.includes("CAP_SYS_ADMIN") === true;
  });
}

function restartsOnResize({ initContainers = [] }: core.PodSpec): boolean {
  return initContainers.some(
    (one) => !isSidecar(one) && one.resizePolicy?.some(({ restartPolicy }) => restartPolicy === "RestartContainer"),
  );
}

/** What stays allowed since the stored pod or template has it; upstream's `GetValidationOptionsFromPodSpecAndMeta`. */
export function podAllowances(old: Old | undefined, isPod = false): PodAllowances {
  if (old === undefined) return { isPod };
  const { spec, metadata } = old;
  const constraints = spec.topologySpreadConstraints ?? [];
  const cost = metadata.annotations?.[DELETION_COST_ANNOTATION];
  const ownUsers = spec.hostUsers === false;
  return {
    isPod,
    deletionCosts: cost !== undefined && !isDeletionCost(cost),
    partsOfHugePages: hasPartsOfPages(spec),
    selectorValues: hasSelector(affinityTerms(spec).flatMap((term) => [term.labelSelector, term.namespaceSelector])),
    nodeAffinityValues: hasNodeAffinityValue(spec),
    spreadSelectors: hasSelector(constraints.map(({ labelSelector }) => labelSelector)),
    legacySpreadKeys: constraints.some(({ labelSelector, matchLabelKeys }) =>
      finds((errors) => checkLabelKeys({ labelSelector, matchLabelKeys }, "", errors)),
    ),
    tokenPaths: hasTokenPath(spec),
    hostSysctls: (spec.securityContext?.sysctls ?? []).some(({ name }) => hostSysctlProblem(name, spec) !== undefined),
    devicesWithUserNamespaces:
      ownUsers && containersOf(spec).some(({ container }) => (container.volumeDevices ?? []).length > 0),
    hostNetworkWithUserNamespaces: ownUsers && spec.hostNetwork === true,
    emptyImageReferences: (spec.volumes ?? []).some(({ image }) => image !== undefined && !image.reference),
    sysAdminWithoutEscalation: hasSysAdmin(spec),
    comparingTolerations: (spec.tolerations ?? []).some(({ operator }) => operator === "Lt" || operator === "Gt"),
    restartOfInitContainersOnResize: restartsOnResize(spec),
  };
}
