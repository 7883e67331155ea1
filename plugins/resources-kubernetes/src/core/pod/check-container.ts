import { dns1123LabelErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkNeededEnum } from "../../checks/check-enum.js";
import { checkResources } from "../../checks/check-resources.js";
import type * as core from "../../types/core-v1.js";
import { checkContainerPorts } from "./check-container-ports.js";
import { checkEnv, checkEnvFrom } from "./check-env.js";
import { checkResizePolicy } from "./check-resize-policy.js";
import { checkSecurityContext } from "./check-security-context.js";
import { checkVolumeDevices } from "./check-volume-devices.js";
import { checkVolumeMounts, type Volumes } from "./check-volume-mounts.js";
import type { PodAllowances } from "./pod-allowances.js";
import { PULL_POLICIES } from "./pull-policies.js";

const MESSAGE_POLICIES = ["File", "FallbackToLogsOnError"];

/** What is around a container. */
export interface PodScope {
  readonly spec: core.PodSpec;
  /** The volumes that are right. */
  readonly volumes: Volumes;
  /** The names of the pod's resource claims. */
  readonly claims: ReadonlySet<string>;
  readonly allow: PodAllowances;
}

/** What holds of containers of all three lists; upstream's `validateContainerCommon`. */
export function checkContainer(container: core.Container, path: string, errors: FieldErrors, scope: PodScope): void {
  const { name, image } = container;
  const { spec, volumes, claims, allow } = scope;
  if (name === "") errors.required(`${path}.name`);
  else errors.invalidEach(`${path}.name`, name, dns1123LabelErrors(name));
  if (!image) errors.required(`${path}.image`);
  const { terminationMessagePolicy } = container;
  checkNeededEnum(terminationMessagePolicy, MESSAGE_POLICIES, `${path}.terminationMessagePolicy`, errors);
  checkContainerPorts(container.ports ?? [], `${path}.ports`, errors);
  checkEnv(container.env ?? [], `${path}.env`, errors);
  checkEnvFrom(container.envFrom ?? [], `${path}.envFrom`, errors);
  checkVolumeMounts(container, volumes, `${path}.volumeMounts`, errors);
  checkVolumeDevices(container, volumes, `${path}.volumeDevices`, errors);
  checkNeededEnum(container.imagePullPolicy, PULL_POLICIES, `${path}.imagePullPolicy`, errors);
  const indivisibleHugePages = allow.partsOfHugePages === true;
  checkResources(container.resources, `${path}.resources`, errors, { claims, indivisibleHugePages });
  checkResizePolicy(container.resizePolicy ?? [], spec.restartPolicy, `${path}.resizePolicy`, errors);
  const { securityContext } = container;
  if (securityContext !== undefined)
    checkSecurityContext(securityContext, `${path}.securityContext`, errors, spec, allow);
}
