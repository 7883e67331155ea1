import { parseFieldSelector, parseLabelSelector } from "@quarterdeck/meta";
import type { AuthorizationAttributes } from "@quarterdeck/sdk";

/** One condition of a selector as `authorization.k8s.io/v1` has it. */
interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** The spec of a SubjectAccessReview; empty parts are left out. */
export interface ReviewSpec {
  readonly resourceAttributes?: {
    readonly [key: string]: string | { readonly requirements: readonly Requirement[] };
  };
  readonly nonResourceAttributes?: { readonly path: string; readonly verb: string };
  readonly user?: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: { readonly [key: string]: readonly string[] };
}

function fieldRequirements(text: string): readonly Requirement[] {
  if (text === "") return [];
  try {
    return parseFieldSelector(text).requirements.map(({ field, operator, value }) => ({
      key: field,
      operator: operator === "=" ? "In" : "NotIn",
      values: [value],
    }));
  } catch {
    // The request will be refused for it; until then the question is the wider one.
    return [];
  }
}

function labelRequirements(text: string): readonly Requirement[] {
  if (text === "") return [];
  try {
    return parseLabelSelector(text).requirements.flatMap(({ key, operator, values }): Requirement[] => {
      switch (operator) {
        case "in":
        case "=":
        case "==":
          return [{ key, operator: "In", values }];
        case "notin":
        case "!=":
          return [{ key, operator: "NotIn", values }];
        case "exists":
          return [{ key, operator: "Exists" }];
        case "!":
          return [{ key, operator: "DoesNotExist" }];
        default:
          return [];
      }
    });
  } catch {
    return [];
  }
}

function resourceAttributes(asked: AuthorizationAttributes): NonNullable<ReviewSpec["resourceAttributes"]> {
  const texts = Object.entries({
    namespace: asked.namespace,
    verb: asked.verb,
    group: asked.apiGroup,
    version: asked.apiVersion,
    resource: asked.resource,
    subresource: asked.subresource,
    name: asked.name,
  }).filter(([, value]) => value !== "");
  const fields = fieldRequirements(asked.fieldSelector);
  const labels = labelRequirements(asked.labelSelector);
  return {
    ...Object.fromEntries(texts),
    ...(fields.length === 0 ? {} : { fieldSelector: { requirements: fields } }),
    ...(labels.length === 0 ? {} : { labelSelector: { requirements: labels } }),
  };
}

/** What a webhook is asked. */
export function reviewSpec(asked: AuthorizationAttributes): ReviewSpec {
  const { user, path, verb } = asked;
  const extra = Object.entries(user.extra ?? {});
  return {
    ...(asked.isResourceRequest
      ? { resourceAttributes: resourceAttributes(asked) }
      : { nonResourceAttributes: { path, verb } }),
    ...(user.name === "" ? {} : { user: user.name }),
    ...(user.uid === undefined || user.uid === "" ? {} : { uid: user.uid }),
    ...(user.groups.length === 0 ? {} : { groups: user.groups }),
    ...(extra.length === 0 ? {} : { extra: Object.fromEntries(extra) }),
  };
}
