import { dns1123LabelErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkDomainPath } from "../../checks/check-host.js";
import { checkGivenSegment, checkSubdomain } from "../../checks/check-reference-part.js";
import type { IngressClassParametersReference, IngressClassSpec } from "../../types/networking-v1.js";

const MAX_CONTROLLER_BYTES = 250;

function checkScope({ scope, namespace }: IngressClassParametersReference, path: string, errors: FieldErrors): void {
  if (scope === null) errors.required(`${path}.scope`);
  else if (scope === "Cluster") {
    if (namespace !== undefined) errors.forbidden(`${path}.namespace`, "`parameters.scope` is set to 'Cluster'");
  } else if (scope !== "Namespace") errors.notSupported(`${path}.scope`, scope, ["Cluster", "Namespace"]);
  else if (namespace === undefined) errors.required(`${path}.namespace`, "`parameters.scope` is set to 'Namespace'");
  else for (const problem of dns1123LabelErrors(namespace)) errors.invalid(`${path}.namespace`, namespace, problem);
}

/** The controller of an IngressClass and what it reads besides; upstream's `validateIngressClassSpec`. */
export function checkIngressClassSpec({ controller = "", parameters }: IngressClassSpec, errors: FieldErrors): void {
  if (Buffer.byteLength(controller) > MAX_CONTROLLER_BYTES) errors.tooLong("spec.controller", MAX_CONTROLLER_BYTES);
  checkDomainPath(controller, "spec.controller", errors);
  if (parameters === undefined) return;
  const path = "spec.parameters";
  if (parameters.apiGroup !== undefined) checkSubdomain(parameters.apiGroup, `${path}.apiGroup`, errors);
  checkGivenSegment(parameters.kind, `${path}.kind`, errors);
  checkGivenSegment(parameters.name, `${path}.name`, errors);
  checkScope(parameters, path, errors);
  // Upstream declares that the two are there, so that it comes last.
  if (parameters.kind === "") errors.required(`${path}.kind`);
  if (parameters.name === "") errors.required(`${path}.name`);
}
