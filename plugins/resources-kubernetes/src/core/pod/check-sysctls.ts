import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

const MAX_LENGTH = 253;
const SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const FORMAT = `^(${SEGMENT}[\\./])*${SEGMENT}$`;
const NO_NAME = `must have at most ${MAX_LENGTH} characters and match regex ${FORMAT}`;

function isName(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  return text.split(/[./]/).every((part) => /^[a-z0-9][-_a-z0-9]*$/.test(part) && /[a-z0-9]$/.test(part));
}

/** The same name with dots between its parts, which slashes may be too. */
function dotted(name: string): string {
  if (/[./]/.exec(name)?.[0] !== "/") return name;
  return name.replaceAll(/[./]/g, (separator) => (separator === "/" ? "." : "/"));
}

/** Why the host's namespace keeps a pod from having a sysctl of its own; upstream's `ValidateHostSysctl`. */
export function hostSysctlProblem(name: string, { hostNetwork, hostIPC }: core.PodSpec): string | undefined {
  const text = dotted(name);
  if (hostNetwork === true && text.startsWith("net.")) return "may not be specified when 'hostNetwork' is true";
  const ofIpc = text === "kernel.sem" || /^(?:kernel\.shm|kernel\.msg|fs\.mqueue\.)/.test(text);
  return hostIPC === true && ofIpc ? "may not be specified when 'hostIPC' is true" : undefined;
}

/** Settings of the kernel for a pod; upstream's `validateSysctls`. */
export function checkSysctls(
  sysctls: readonly core.Sysctl[],
  spec: core.PodSpec,
  path: string,
  errors: FieldErrors,
  allowHosts: boolean,
): void {
  const names = new Set<string>();
  for (const [index, { name }] of sysctls.entries()) {
    const at = `${path}[${index}].name`;
    if (name === "") errors.required(at);
    else if (!isName(name)) errors.invalid(at, name, NO_NAME);
    else if (names.has(name)) errors.duplicate(at, name);
    const problem = allowHosts ? undefined : hostSysctlProblem(name, spec);
    if (problem !== undefined) errors.invalid(at, name, problem);
    names.add(name);
  }
}
