import type { ClaimOrExpression, ClaimValidationRule, ExtraMapping, JwtAuthenticator } from "./jwt-authenticator.js";

const DOMAIN_PATH =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;
const KUBERNETES_DOMAIN = /^([^/]+\.)?(k8s|kubernetes)\.io\//;

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== "";
}

/** The places at which a text stands for the second time. */
function repeated(texts: readonly (string | undefined)[]): readonly number[] {
  return texts.flatMap((text, index) => (isSet(text) && texts.indexOf(text) !== index ? [index] : []));
}

function claimRuleProblems(rules: readonly ClaimValidationRule[], path: string): string[] {
  const problems = rules.flatMap(({ claim, requiredValue, expression, message }, index) => {
    const place = `${path}[${index}]`;
    if (isSet(claim) && isSet(expression)) return [`${place}: claim and expression can't both be set`];
    if (isSet(claim)) return isSet(message) ? [`${place}.message: may not be specified when claim is set`] : [];
    if (!isSet(expression)) return [`${place}: Required value: claim or expression is required`];
    return isSet(requiredValue) ? [`${place}.requiredValue: may not be specified when expression is set`] : [];
  });
  for (const member of ["claim", "expression"] as const) {
    for (const index of repeated(rules.map((rule) => rule[member]))) {
      problems.push(`${path}[${index}].${member}: Duplicate value: ${JSON.stringify(rules[index]?.[member])}`);
    }
  }
  return problems;
}

function mappingProblems(mapping: ClaimOrExpression, path: string, required: boolean, prefixed: boolean): string[] {
  const { claim, prefix, expression } = mapping;
  if (isSet(claim) && isSet(expression)) return [`${path}: claim and expression can't both be set`];
  if (isSet(expression)) {
    return prefix === undefined ? [] : [`${path}.prefix: may not be specified when expression is set`];
  }
  if (!isSet(claim)) return required ? [`${path}: Required value: claim or expression is required`] : [];
  if (!prefixed || prefix !== undefined) return [];
  return [
    `${path}.prefix: Required value: prefix is required when claim is set. It can be set to an empty string to disable prefixing`,
  ];
}

function extraProblems(extra: readonly ExtraMapping[], path: string): string[] {
  const problems = extra.flatMap(({ key, valueExpression }, index) => {
    const place = `${path}[${index}]`;
    const found: string[] = [];
    const invalid = (why: string): number => found.push(`${place}.key: Invalid value: ${JSON.stringify(key)}: ${why}`);
    if (!DOMAIN_PATH.test(key)) invalid('must be a domain-prefixed path (such as "acme.io/foo")');
    if (key !== key.toLowerCase()) invalid("must be lowercase");
    if (KUBERNETES_DOMAIN.test(key)) {
      invalid("k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use");
    }
    if (valueExpression === "") found.push(`${place}.valueExpression: Required value`);
    return found;
  });
  for (const index of repeated(extra.map(({ key }) => key))) {
    problems.push(`${path}[${index}].key: Duplicate value: ${JSON.stringify(extra[index]?.key)}`);
  }
  return problems;
}

/** What is wrong with rules and mappings before any expression is compiled, each with its place, in upstream's words. */
export function ruleProblems(authenticator: JwtAuthenticator, path: string): readonly string[] {
  const { claimValidationRules = [], claimMappings, userValidationRules = [] } = authenticator;
  const { username, groups = {}, uid = {}, extra = [] } = claimMappings;
  const problems = [
    ...claimRuleProblems(claimValidationRules, `${path}.claimValidationRules`),
    ...mappingProblems(username, `${path}.claimMappings.username`, true, true),
    ...mappingProblems(groups, `${path}.claimMappings.groups`, false, true),
    ...mappingProblems(uid, `${path}.claimMappings.uid`, false, false),
    ...extraProblems(extra, `${path}.claimMappings.extra`),
  ];
  for (const [index, { expression }] of userValidationRules.entries()) {
    if (expression === "") problems.push(`${path}.userValidationRules[${index}].expression: Required value`);
  }
  for (const index of repeated(userValidationRules.map(({ expression }) => expression))) {
    const shown = JSON.stringify(userValidationRules[index]?.expression);
    problems.push(`${path}.userValidationRules[${index}].expression: Duplicate value: ${shown}`);
  }
  return problems;
}
