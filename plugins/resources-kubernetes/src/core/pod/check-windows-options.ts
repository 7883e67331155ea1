import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

const MAX_SPEC_KIB = 64;
const MAX_DOMAIN = 256;
const MAX_USER = 104;
const NET_BIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const DNS = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const FORBIDDEN = /["/\\:;|=,+*?<>@[\]]/;
const DOTS_AND_SPACES = /^[. ]+$/;

function hasControlCharacters(text: string): boolean {
  return [...text].some((character) => character < " " || character === "\x7f");
}

function domainProblem(domain: string): string[] {
  const problems: string[] = [];
  if (Buffer.byteLength(domain) >= MAX_DOMAIN) problems.push(`Domain length must be under ${MAX_DOMAIN} characters`);
  if (!NET_BIOS.test(domain) && !DNS.test(domain)) problems.push("Domain doesn't match the NetBios nor the DNS format");
  return problems;
}

function userProblems(user: string): string[] {
  const problems: string[] = [];
  if (user === "") problems.push("User cannot be empty");
  else if (Buffer.byteLength(user) > MAX_USER)
    problems.push(`User length must not be longer than ${MAX_USER} characters`);
  if (DOTS_AND_SPACES.test(user)) problems.push("User cannot contain only periods or spaces");
  if (FORBIDDEN.test(user)) problems.push('User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  return problems;
}

function userNameProblems(name: string): string[] {
  if (name === "") return ["runAsUserName cannot be an empty string"];
  if (hasControlCharacters(name)) return ["runAsUserName cannot contain control characters"];
  const parts = name.split("\\");
  if (parts.length > 2) return ["runAsUserName cannot contain more than one backslash"];
  const [first = "", second] = parts;
  const problems = second === undefined ? userProblems(first) : [...domainProblem(first), ...userProblems(second)];
  return problems.map((problem) => `runAsUserName's ${problem}`);
}

/** Upstream's `validateWindowsSecurityContextOptions`. */
export function checkWindowsOptions(
  { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName }: core.WindowsSecurityContextOptions,
  path: string,
  errors: FieldErrors,
): void {
  if (gmsaCredentialSpecName !== undefined) {
    const problems = dns1123SubdomainErrors(gmsaCredentialSpecName);
    errors.invalidEach(`${path}.gmsaCredentialSpecName`, gmsaCredentialSpecName, problems);
  }
  if (gmsaCredentialSpec === "")
    errors.invalid(`${path}.gmsaCredentialSpec`, "", "gmsaCredentialSpec cannot be an empty string");
  else if (gmsaCredentialSpec !== undefined && Buffer.byteLength(gmsaCredentialSpec) > MAX_SPEC_KIB * 1024) {
    const detail = `gmsaCredentialSpec size must be under ${MAX_SPEC_KIB} KiB`;
    errors.invalid(`${path}.gmsaCredentialSpec`, gmsaCredentialSpec, detail);
  }
  if (runAsUserName !== undefined)
    errors.invalidEach(`${path}.runAsUserName`, runAsUserName, userNameProblems(runAsUserName));
}
