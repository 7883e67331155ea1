import { type FieldErrors, Quantity } from "@quarterdeck/meta";
import { checkPodResourceName } from "../../checks/check-resource-name.js";
import { checkResources } from "../../checks/check-resources.js";
import { isHugePages } from "../../checks/resource-names.js";
import type * as core from "../../types/core-v1.js";
import type { PodScope } from "./check-container.js";
import { resourceSums } from "./resource-sums.js";

function amount(list: core.ResourceList | undefined, name: string): Quantity | undefined {
  const text = list !== undefined && Object.hasOwn(list, name) ? list[name] : undefined;
  return text === undefined ? undefined : Quantity.parse(text);
}

function checkSums(
  spec: core.PodSpec,
  of: "requests" | "limits",
  matters: (name: string) => boolean,
  path: string,
  errors: FieldErrors,
): void {
  for (const [name, sum] of resourceSums(spec, of)) {
    const own = amount(spec.resources?.[of], name);
    if (own === undefined || !matters(name) || sum.compare(own) <= 0) continue;
    const detail = `must be greater than or equal to aggregate container ${of} of ${sum}`;
    errors.invalid(`${path}.${of}[${name}]`, own.toString(), detail);
  }
}

/** No container may have more than the pod; upstream tells of it at a path of its own. */
function checkContainerLimits({ containers, resources }: core.PodSpec, path: string, errors: FieldErrors): void {
  for (const [index, container] of (containers ?? []).entries()) {
    for (const [name, text] of Object.entries(container.resources.limits ?? {})) {
      const most = amount(resources?.limits, name);
      if (most === undefined || Quantity.parse(text).compare(most) <= 0) continue;
      const detail = `must be less than or equal to pod limits of ${most}`;
      errors.invalid(`${path}.containers[${index}][${name}].limits`, text, detail);
    }
  }
}

/** What a pod asks for as a whole, which its containers must fit into; upstream's `validatePodResources`. */
export function checkPodResources(path: string, errors: FieldErrors, { spec, claims, allow }: PodScope): void {
  const { resources, os } = spec;
  if (resources === undefined) return;
  if (os?.name === "windows") {
    errors.forbidden(path, "may not be set for a windows pod");
    return;
  }
  if (resources.claims !== undefined)
    errors.forbidden(`${path}.claims`, "claims may not be set for Resources at pod-level");
  const indivisibleHugePages = allow.partsOfHugePages === true;
  checkResources(resources, path, errors, { checkName: checkPodResourceName, claims, indivisibleHugePages });
  checkSums(spec, "requests", () => true, path, errors);
  checkSums(spec, "limits", isHugePages, path, errors);
  checkContainerLimits(spec, path, errors);
}
