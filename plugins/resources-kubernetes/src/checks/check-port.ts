import type { FieldErrors } from "@quarterdeck/meta";

const NAME_MAX = 15;

/** What is wrong with a port number; upstream's `IsValidPortNum`. */
function portNumberProblem(port: number): string | undefined {
  return port >= 1 && port <= 65_535 ? undefined : "must be between 1 and 65535, inclusive";
}

/** What is wrong with the name of a port, in upstream's words (`IsValidPortName`): an IANA service name in lower case. */
function portNameProblems(name: string): readonly string[] {
  const problems: string[] = [];
  if (Buffer.byteLength(name) > NAME_MAX) problems.push(`must be no more than ${NAME_MAX} characters`);
  if (!/^[-a-z0-9]+$/.test(name))
    problems.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  if (!/[a-z]/.test(name)) problems.push("must contain at least one letter (a-z)");
  if (name.includes("--")) problems.push("must not contain consecutive hyphens");
  if (name.startsWith("-") || name.endsWith("-")) problems.push("must not begin or end with a hyphen");
  return problems;
}

/** Refuses what is no port number. */
export function checkPortNumber(port: number, path: string, errors: FieldErrors): void {
  const problem = portNumberProblem(port);
  if (problem !== undefined) errors.invalid(path, port, problem);
}

/** Refuses what is no name of a port. */
export function checkPortName(name: string, path: string, errors: FieldErrors): void {
  for (const problem of portNameProblems(name)) errors.invalid(path, name, problem);
}

/** The port of a probe, a target or a backend: a number or the name of one; upstream's `ValidatePortNumOrName`. */
export function checkPort(port: number | string, path: string, errors: FieldErrors): void {
  if (typeof port === "number") checkPortNumber(port, path, errors);
  else checkPortName(port, path, errors);
}

// in the order in which upstream names them
const PORT_PROTOCOLS: readonly string[] = ["SCTP", "TCP", "UDP"];

/** A protocol that a port must have. */
export function checkProtocol(protocol: string | undefined, path: string, errors: FieldErrors): void {
  if (protocol === undefined || protocol === "") errors.required(path);
  else if (!PORT_PROTOCOLS.includes(protocol)) errors.notSupported(path, protocol, PORT_PROTOCOLS);
}
