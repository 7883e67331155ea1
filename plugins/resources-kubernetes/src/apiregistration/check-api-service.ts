import { dns1123SubdomainErrors, type FieldErrors, pathSegmentNameErrors, quoteText } from "@quarterdeck/meta";
import { dns1035LabelErrors } from "../checks/dns-1035.js";
import type { APIServiceSpec, APIServiceStatus } from "../types/apiregistration-v1.js";

const STATUSES: readonly string[] = ["True", "False", "Unknown"];
const MAX_GROUP_PRIORITY = 20_000;
const MAX_VERSION_PRIORITY = 1000;

/** The name says what is served. */
function checkName(name: string, { version = "", group = "" }: APIServiceSpec, errors: FieldErrors): void {
  const wanted = `${version}.${group}`;
  if (name !== "" && pathSegmentNameErrors(name).length === 0 && name !== wanted)
    errors.invalid("metadata.name", name, `must be \`spec.version+"."+spec.group\`: ${quoteText(wanted)}`);
}

function checkService(spec: APIServiceSpec, errors: FieldErrors): void {
  const { service, caBundle = "", insecureSkipTLSVerify = false } = spec;
  if (service === undefined) {
    if (caBundle !== "") {
      const bytes = `${Buffer.from(caBundle, "base64").length} bytes`;
      errors.invalid("spec.caBundle", bytes, "local APIServices may not have a caBundle");
    }
    if (insecureSkipTLSVerify)
      errors.invalid("spec.insecureSkipTLSVerify", true, "local APIServices may not have insecureSkipTLSVerify");
    return;
  }
  const { namespace = "", name = "", port = 0 } = service;
  if (namespace === "") errors.required("spec.service.namespace");
  if (name === "") errors.required("spec.service.name");
  if (port < 1 || port > 65_535)
    errors.invalid("spec.service.port", port, "port is not valid: must be between 1 and 65535, inclusive");
  if (insecureSkipTLSVerify && caBundle !== "")
    errors.invalid("spec.insecureSkipTLSVerify", true, "may not be true if caBundle is present");
}

/** What is served and by whom; upstream's `ValidateAPIService`. */
export function checkApiService(name: string, spec: APIServiceSpec, errors: FieldErrors): void {
  const { group = "", version = "", groupPriorityMinimum, versionPriority } = spec;
  checkName(name, spec, errors);
  if (group === "" && version !== "v1")
    errors.required("spec.group", "only v1 may have an empty group and it better be legacy kube");
  if (group !== "") errors.invalidEach("spec.group", group, dns1123SubdomainErrors(group));
  errors.invalidEach("spec.version", version, dns1035LabelErrors(version));
  if (groupPriorityMinimum <= 0 || groupPriorityMinimum > MAX_GROUP_PRIORITY)
    errors.invalid("spec.groupPriorityMinimum", groupPriorityMinimum, "must be positive and less than 20000");
  if (versionPriority <= 0 || versionPriority > MAX_VERSION_PRIORITY)
    errors.invalid("spec.versionPriority", versionPriority, "must be positive and less than 1000");
  checkService(spec, errors);
}

/** Upstream's `ValidateAPIServiceStatus`. */
export function checkApiServiceStatus({ conditions }: APIServiceStatus, errors: FieldErrors): void {
  for (const [index, { status }] of (conditions ?? []).entries())
    if (!STATUSES.includes(status)) errors.notSupported(`status.conditions[${index}].status`, status, STATUSES);
}
