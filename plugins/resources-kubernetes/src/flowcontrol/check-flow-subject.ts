import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import type { ServiceAccountSubject, Subject } from "../types/flowcontrol-v1.js";

/** The field that each kind of subject uses. */
const FIELDS = { User: "user", Group: "group", ServiceAccount: "serviceAccount" } as const;

function isKind(kind: string): kind is keyof typeof FIELDS {
  return Object.hasOwn(FIELDS, kind);
}

/** Checks a subject; `path` is such as `spec.rules[0].subjects[0]`. */
export function checkSubject(subject: Subject, path: string, errors: FieldErrors): void {
  const { kind } = subject;
  if (!isKind(kind)) {
    errors.notSupported(`${path}.kind`, kind, ["Group", "ServiceAccount", "User"]);
    return;
  }
  const own = FIELDS[kind];
  if (subject[own] === undefined)
    errors.required(`${path}.${own}`, `${own} is required when subject kind is '${kind}'`);
  else if (own === "serviceAccount") checkServiceAccount(subject.serviceAccount, `${path}.${own}`, errors);
  else if (subject[own].name === "") errors.required(`${path}.${own}.name`);
  for (const [other, field] of Object.entries(FIELDS)) {
    if (field !== own && subject[field] !== undefined)
      errors.forbidden(`${path}.${field}`, `${field} is forbidden when subject kind is not '${other}'`);
  }
}

function checkServiceAccount(account: ServiceAccountSubject | undefined, path: string, errors: FieldErrors): void {
  const { name = "", namespace = "" } = account ?? {};
  if (name === "") errors.required(`${path}.name`);
  else if (name !== "*") for (const text of dns1123SubdomainErrors(name)) errors.invalid(`${path}.name`, name, text);
  if (namespace === "") errors.required(`${path}.namespace`, "must specify namespace for service account");
  else for (const text of dns1123LabelErrors(namespace)) errors.invalid(`${path}.namespace`, namespace, text);
}
