import type * as core from "../../types/core-v1.js";
import { defaultResourceList } from "../default-resource-list.js";
import { defaultLifecycle, defaultProbe } from "./default-probe.js";
import { imageTag } from "./image-tag.js";

/** An image that may change under its name is pulled always. */
export function pullPolicyOf(image: string | undefined): core.PullPolicy {
  return imageTag(image ?? "") === "latest" ? "Always" : "IfNotPresent";
}

function defaultVariable({ valueFrom }: core.EnvVar): void {
  if (valueFrom?.fieldRef !== undefined) valueFrom.fieldRef.apiVersion ||= "v1";
  if (valueFrom?.fileKeyRef !== undefined) valueFrom.fileKeyRef.optional ??= false;
}

/** What every container is given, be it an init container, an ephemeral one or one of the others. */
export function defaultContainer(container: core.EphemeralContainerCommon): void {
  container.imagePullPolicy ||= pullPolicyOf(container.image);
  container.terminationMessagePath ||= "/dev/termination-log";
  container.terminationMessagePolicy ||= "File";
  for (const port of container.ports ?? []) port.protocol ||= "TCP";
  for (const variable of container.env ?? []) defaultVariable(variable);
  defaultResourceList(container.resources.limits);
  defaultResourceList(container.resources.requests);
  defaultProbe(container.livenessProbe);
  defaultProbe(container.readinessProbe);
  defaultProbe(container.startupProbe);
  defaultLifecycle(container.lifecycle);
}
