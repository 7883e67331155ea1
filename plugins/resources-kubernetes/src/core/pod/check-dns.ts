import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkLegacyIp } from "../../checks/check-ip.js";
import type * as core from "../../types/core-v1.js";

const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;
const MAX_SEARCH_BYTES = 2048;
const MAX_DOMAIN = 253;
const LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const FORMAT = `${LABEL}(\\.${LABEL})*`;
const NO_DOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end " +
  `with an alphanumeric character (e.g. 'example.com', regex used for validation is '${FORMAT}')`;

function isDomain(text: string): boolean {
  return text.split(".").every((label) => /^_?[a-z0-9][-_a-z0-9]*$/.test(label) && /[a-z0-9]$/.test(label));
}

/** What is wrong with a domain that may have underscores; upstream's `IsDNS1123SubdomainWithUnderscore`. */
function domainErrors(text: string): readonly string[] {
  const problems = Buffer.byteLength(text) > MAX_DOMAIN ? [`must be no more than ${MAX_DOMAIN} characters`] : [];
  return isDomain(text) ? problems : [...problems, NO_DOMAIN];
}

function checkSearches(searches: readonly string[], path: string, errors: FieldErrors): void {
  if (searches.length > MAX_SEARCHES)
    errors.invalid(path, searches, `must not have more than ${MAX_SEARCHES} search paths`);
  if (Buffer.byteLength(searches.join(" ")) > MAX_SEARCH_BYTES) {
    const detail = `must not have more than ${MAX_SEARCH_BYTES} characters (including spaces) in the search list`;
    errors.invalid(path, searches, detail);
  }
  for (const [index, search] of searches.entries()) {
    if (search === ".") continue;
    const domain = search.endsWith(".") ? search.slice(0, -1) : search;
    errors.invalidEach(`${path}[${index}]`, domain, domainErrors(domain));
  }
}

/** How names are resolved in a pod; upstream's `validatePodDNSConfig`. */
export function checkDnsConfig(
  config: core.PodDNSConfig | undefined,
  policy: string | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const nameservers = config?.nameservers ?? [];
  if (policy === "None" && nameservers.length === 0) {
    const detail = "when `dnsPolicy` is None";
    if (config === undefined) errors.required(path, `must provide \`dnsConfig\` ${detail}`);
    else errors.required(`${path}.nameservers`, `must provide at least one DNS nameserver ${detail}`);
    return;
  }
  if (nameservers.length > MAX_NAMESERVERS)
    errors.invalid(`${path}.nameservers`, nameservers, `must not have more than ${MAX_NAMESERVERS} nameservers`);
  for (const [index, server] of nameservers.entries()) checkLegacyIp(server, `${path}.nameservers[${index}]`, errors);
  checkSearches(config?.searches ?? [], `${path}.searches`, errors);
  for (const [index, { name }] of (config?.options ?? []).entries())
    if (!name) errors.required(`${path}.options[${index}]`, "must not be empty");
}

/** Names that a pod gives to addresses; upstream's `ValidateHostAliases`. */
export function checkHostAliases(aliases: readonly core.HostAlias[], path: string, errors: FieldErrors): void {
  for (const [index, { ip, hostnames = [] }] of aliases.entries()) {
    checkLegacyIp(ip, `${path}[${index}].ip`, errors);
    for (const [at, name] of hostnames.entries())
      errors.invalidEach(`${path}[${index}].hostnames[${at}]`, name, dns1123SubdomainErrors(name));
  }
}
