import type { AuthorizationAttributes } from "@quarterdeck/sdk";

/** What upstream says of a request that is not allowed: who, what, and where. */
export function forbiddenMessage(attributes: AuthorizationAttributes): string {
  const { user, verb, namespace, subresource } = attributes;
  const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
  if (!attributes.isResourceRequest) return escapeMarkup(`${who} path ${JSON.stringify(attributes.path)}`);
  const resource = subresource === "" ? attributes.resource : `${attributes.resource}/${subresource}`;
  const what = `resource ${JSON.stringify(resource)} in API group ${JSON.stringify(attributes.apiGroup)}`;
  const where = namespace === "" ? "at the cluster scope" : `in the namespace ${JSON.stringify(namespace)}`;
  return escapeMarkup(`${who} ${what} ${where}`);
}

/** The message repeats what the client sent, and a browser might take it for HTML. */
function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
