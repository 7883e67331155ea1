import { dns1123LabelErrors, dns1123SubdomainErrors } from "@quarterdeck/meta";

const SERVICE_ACCOUNT = "system:serviceaccount:";
const NODE = "system:node:";

/** A service account by its namespace and name. */
export interface ServiceAccountName {
  readonly namespace: string;
  readonly name: string;
}

/** Takes `system:serviceaccount:<namespace>:<name>` apart; undefined for the name of another user. */
export function serviceAccountOf(username: string): ServiceAccountName | undefined {
  if (!username.startsWith(SERVICE_ACCOUNT)) return undefined;
  const [namespace = "", name = "", ...more] = username.slice(SERVICE_ACCOUNT.length).split(":");
  const wrong = more.length > 0 || dns1123LabelErrors(namespace).length + dns1123SubdomainErrors(name).length > 0;
  return wrong ? undefined : { namespace, name };
}

/** The groups of every service account of a namespace. */
export function serviceAccountGroups(namespace: string): readonly string[] {
  return ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
}

/** The node of `system:node:<name>`; undefined for the name of another user. */
export function nodeOf(username: string): string | undefined {
  if (!username.startsWith(NODE)) return undefined;
  const name = username.slice(NODE.length);
  return dns1123SubdomainErrors(name).length === 0 ? name : undefined;
}
