import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors, IpAddress } from "@quarterdeck/meta";

const MAX = 253;
const WILDCARD_TEXT =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case " +
  "alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for " +
  "validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;
const PATH_TEXT = "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";

function wildcardProblems(host: string): readonly string[] {
  const problems = Buffer.byteLength(host) > MAX ? [`must be no more than ${MAX} characters`] : [];
  const shaped = host.startsWith("*.") && dns1123SubdomainErrors(host.slice(2).slice(0, MAX)).length === 0;
  return shaped ? problems : [...problems, WILDCARD_TEXT];
}

/** The name of a host, or `*.` and one; upstream's `IsDNS1123Subdomain` and `IsWildcardDNS1123Subdomain`. */
export function checkHost(host: string, path: string, errors: FieldErrors): void {
  const problems = host.includes("*") ? wildcardProblems(host) : dns1123SubdomainErrors(host);
  for (const problem of problems) errors.invalid(path, host, problem);
}

/** The name of a host where an IP address will not do. */
export function checkHostOnly(host: string, path: string, errors: FieldErrors): void {
  for (const problem of dns1123SubdomainErrors(host)) errors.invalid(path, host, problem);
  if (IpAddress.parse(host) !== undefined) errors.invalid(path, host, "must be a DNS name, not an IP address");
}

/** A domain name of two labels or more, with or without a dot at the end; upstream's `IsFullyQualifiedDomainName`. */
export function checkDomainName(text: string, path: string, errors: FieldErrors): void {
  if (text === "") {
    errors.required(path);
    return;
  }
  const name = text.endsWith(".") ? text.slice(0, -1) : text;
  const problems = dns1123SubdomainErrors(name);
  if (problems.length > 0) {
    errors.invalid(path, name, problems.join(","));
    return;
  }
  const labels = name.split(".");
  if (labels.length < 2) errors.invalid(path, name, "should be a domain with at least two segments separated by dots");
  else {
    const label = labels.find((one) => dns1123LabelErrors(one).length > 0);
    if (label !== undefined) errors.invalid(path, label, dns1123LabelErrors(label).join(","));
  }
}

/** A path below a domain, such as `acme.io/foo`; upstream's `IsDomainPrefixedPath`. */
export function checkDomainPath(text: string, path: string, errors: FieldErrors): void {
  if (text === "") {
    errors.required(path);
    return;
  }
  const slash = text.indexOf("/");
  const [host, rest] = [text.slice(0, Math.max(slash, 0)), text.slice(slash + 1)];
  if (host === "" || rest === "") {
    errors.invalid(path, text, 'must be a domain-prefixed path (such as "acme.io/foo")');
    return;
  }
  for (const problem of dns1123SubdomainErrors(host)) errors.invalid(path, host, problem);
  if (!PATH.test(rest)) errors.invalid(path, rest, PATH_TEXT);
}
