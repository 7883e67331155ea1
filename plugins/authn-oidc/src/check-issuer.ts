import { X509Certificate } from "node:crypto";
import type { Issuer } from "./jwt-authenticator.js";

function urlProblems(url: string, path: string): string[] {
  const invalid = (why: string): string => `${path}: Invalid value: ${JSON.stringify(url)}: ${why}`;
  if (!URL.canParse(url)) return [invalid("not a URL")];
  const { protocol, username, password, search, hash } = new URL(url);
  const problems: string[] = [];
  if (protocol !== "https:") problems.push(invalid("URL scheme must be https"));
  // Not shown: what stands there is a secret.
  if (username !== "" || password !== "") problems.push(`${path}: URL must not contain a username or password`);
  if (search !== "") problems.push(invalid("URL must not contain a query"));
  if (hash !== "") problems.push(invalid("URL must not contain a fragment"));
  return problems;
}

function bare(url: string): string {
  return url.replace(/\/+$/, "");
}

function audienceProblems({ audiences, audienceMatchPolicy = "" }: Issuer, path: string): string[] {
  if (audiences.length === 0) return [`${path}.audiences: Required value: at least one ${path}.audiences is required`];
  const problems: string[] = [];
  for (const [index, audience] of audiences.entries()) {
    const place = `${path}.audiences[${index}]`;
    if (audience === "") problems.push(`${place}: Required value`);
    if (audiences.indexOf(audience) !== index) problems.push(`${place}: Duplicate value: ${JSON.stringify(audience)}`);
  }
  const invalid = `${path}.audienceMatchPolicy: Invalid value: ${JSON.stringify(audienceMatchPolicy)}: audienceMatchPolicy must be`;
  if (audiences.length > 1 && audienceMatchPolicy !== "MatchAny") {
    problems.push(`${invalid} MatchAny for multiple audiences`);
  }
  if (audiences.length === 1 && audienceMatchPolicy !== "" && audienceMatchPolicy !== "MatchAny") {
    problems.push(`${invalid} empty or MatchAny for single audience`);
  }
  return problems;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** What is wrong with an issuer, each with its place, in upstream's words. */
export function issuerProblems(issuer: Issuer, path: string): readonly string[] {
  const { url, discoveryURL = "", certificateAuthority = "" } = issuer;
  const problems = url === "" ? [`${path}.url: Required value`] : urlProblems(url, `${path}.url`);
  if (discoveryURL !== "") {
    if (bare(url) === bare(discoveryURL)) {
      problems.push(
        `${path}.discoveryURL: Invalid value: ${JSON.stringify(discoveryURL)}: discoveryURL must be different from URL`,
      );
    }
    problems.push(...urlProblems(discoveryURL, `${path}.discoveryURL`));
  }
  problems.push(...audienceProblems(issuer, path));
  if (certificateAuthority !== "" && !isCertificate(certificateAuthority)) {
    problems.push(
      `${path}.certificateAuthority: Invalid value: "<omitted>": data does not contain a valid certificate`,
    );
  }
  return problems;
}
