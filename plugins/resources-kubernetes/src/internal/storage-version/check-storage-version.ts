import { dns1123SubdomainErrors, type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { dns1035LabelErrors } from "../../checks/dns-1035.js";
import type {
  ServerStorageVersion,
  StorageVersionCondition,
  StorageVersionStatus,
} from "../../types/apiserverinternal-v1alpha1.js";

const EMPTY = "must be non-empty";
const FORM =
  "an apiVersion is a DNS-1035 label, which must consist of lower case alphanumeric characters or '-', start with an " +
  "alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation " +
  "is '[a-z]([-a-z0-9]*[a-z0-9])?') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyVersion')";

/** `group.resource`, which is what a StorageVersion is called after; upstream's `ValidateStorageVersionName`. */
export function storageVersionNameErrors(name: string): readonly string[] {
  const dot = name.lastIndexOf(".");
  if (dot < 0) return ["name must be in the form of <group>.<resource>"];
  return [
    ...dns1123SubdomainErrors(name.slice(0, dot)).map((text) => `the group segment ${text}`),
    ...dns1035LabelErrors(name.slice(dot + 1)).map((text) => `the resource segment ${text}`),
  ];
}

function apiVersionErrors(apiVersion: string): readonly string[] {
  const parts = apiVersion.split("/");
  if (parts.length > 2) return [FORM];
  const version = parts.at(-1) ?? "";
  const group = parts.length === 2 ? parts[0] : undefined;
  const ofGroup = group === undefined ? [] : group === "" ? [EMPTY] : dns1123SubdomainErrors(group);
  const ofVersion = version === "" ? [EMPTY] : dns1035LabelErrors(version);
  return [...ofGroup.map((text) => `group part: ${text}`), ...ofVersion.map((text) => `version part: ${text}`)];
}

function checkApiVersion(apiVersion: string, path: string, errors: FieldErrors): void {
  const problems = apiVersionErrors(apiVersion);
  if (problems.length > 0) errors.invalid(path, apiVersion, problems.join(","));
}

function checkServer(one: ServerStorageVersion, path: string, errors: FieldErrors): void {
  const { apiServerID = "", encodingVersion = "", decodableVersions = [], servedVersions = [] } = one;
  errors.invalidEach(`${path}.apiServerID`, apiServerID, dns1123SubdomainErrors(apiServerID));
  checkApiVersion(encodingVersion, `${path}.encodingVersion`, errors);
  for (const [index, version] of decodableVersions.entries())
    checkApiVersion(version, `${path}.decodableVersions[${index}]`, errors);
  if (!decodableVersions.includes(encodingVersion))
    errors.invalid(
      `${path}.decodableVersions`,
      one.decodableVersions ?? null,
      `decodableVersions must include encodingVersion ${encodingVersion}`,
    );
  for (const [index, version] of servedVersions.entries()) {
    const at = `${path}.servedVersions[${index}]`;
    checkApiVersion(version, at, errors);
    if (decodableVersions.includes(version)) continue;
    const all = decodableVersions.join(" ");
    errors.invalid(
      at,
      version,
      `individual served version : ${version} must be included in decodableVersions : [${all}]`,
    );
  }
}

/** The version that all servers write, when they agree. */
function agreedVersion(servers: readonly ServerStorageVersion[]): string | undefined {
  const [first, ...others] = servers.map(({ encodingVersion = "" }) => encodingVersion);
  return others.every((version) => version === first) ? first : undefined;
}

function checkAgreed(
  { storageVersions, commonEncodingVersion: common }: StorageVersionStatus,
  errors: FieldErrors,
): void {
  const agreed = agreedVersion(storageVersions ?? []);
  if (agreed === common) return;
  const why =
    agreed === undefined
      ? "should be nil if servers do not agree on the same encoding version, or if there is no server reporting the supported versions yet"
      : common === undefined
        ? `the common encoding version is ${agreed}`
        : `the actual common encoding version is ${agreed}`;
  errors.invalid("status.commonEncodingVersion", common ?? null, why);
}

function checkConditions(conditions: readonly StorageVersionCondition[], errors: FieldErrors): void {
  const seen = new Map<string, number>();
  for (const [index, { type, status, reason, message = "" }] of conditions.entries()) {
    // the path that upstream gives them
    const path = `status[${index}]`;
    const first = seen.get(type);
    if (first !== undefined)
      errors.invalid(
        `${path}.type`,
        type,
        `the type of the condition is not unique, it also appears in conditions[${first}]`,
      );
    seen.set(type, index);
    errors.invalidEach(`${path}.type`, type, qualifiedNameErrors(type));
    errors.invalidEach(`${path}.status`, status, qualifiedNameErrors(status));
    if (reason === "") errors.required(`${path}.reason`);
    if (message === "") errors.required(`${path}.message`);
  }
}

/** What each server writes and reads, and what all have in common; upstream's `validateStorageVersionStatus`. */
export function checkStorageVersionStatus(status: StorageVersionStatus, errors: FieldErrors): void {
  const ids = new Set<string>();
  for (const [index, server] of (status.storageVersions ?? []).entries()) {
    const path = `status.storageVersions[${index}]`;
    const { apiServerID = "" } = server;
    if (ids.has(apiServerID)) errors.duplicate(`${path}.apiServerID`, apiServerID);
    ids.add(apiServerID);
    checkServer(server, path, errors);
  }
  checkAgreed(status, errors);
  checkConditions(status.conditions ?? [], errors);
}
