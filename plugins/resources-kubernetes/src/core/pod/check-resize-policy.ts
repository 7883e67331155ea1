import type { FieldErrors } from "@quarterdeck/meta";
import { checkNeededEnum } from "../../checks/check-enum.js";
import type * as core from "../../types/core-v1.js";

const RESOURCES = ["cpu", "memory"];
const POLICIES = ["NotRequired", "RestartContainer"];

/** Whether a container restarts when its resources change; upstream's `validateResizePolicy`, which tells of most at the list. */
export function checkResizePolicy(
  policies: readonly core.ContainerResizePolicy[],
  podRestartPolicy: string | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const seen = new Set<string>();
  for (const [index, { resourceName, restartPolicy }] of policies.entries()) {
    if (seen.has(resourceName)) errors.duplicate(`${path}[${index}]`, resourceName);
    seen.add(resourceName);
    checkNeededEnum(resourceName, RESOURCES, path, errors);
    checkNeededEnum(restartPolicy, POLICIES, path, errors);
    if (podRestartPolicy === "Never" && restartPolicy !== "NotRequired")
      errors.invalid(path, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
  }
}
