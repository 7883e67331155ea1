import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import type { ObjectMeta } from "../../types/meta-v1.js";
import { MIRROR_ANNOTATION } from "./pod-annotations.js";

function checkClaim(claim: core.PodResourceClaim, path: string, errors: FieldErrors): void {
  const { name, resourceClaimName: claimName, resourceClaimTemplateName: templateName } = claim;
  // the names that the fields have inside upstream, since it prints them so
  const inside = {
    Name: name,
    ResourceClaimName: claimName ?? null,
    ResourceClaimTemplateName: templateName ?? null,
  };
  if (claimName !== undefined && templateName !== undefined)
    errors.invalid(path, inside, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
  if (claimName === undefined && templateName === undefined)
    errors.invalid(path, inside, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
  if (claimName !== undefined)
    errors.invalidEach(`${path}.resourceClaimName`, claimName, dns1123SubdomainErrors(claimName));
  if (templateName !== undefined)
    errors.invalidEach(`${path}.resourceClaimTemplateName`, templateName, dns1123SubdomainErrors(templateName));
}

/** The resource claims that a pod's containers may name; upstream's `validatePodResourceClaims`. */
export function checkPodClaims(
  claims: readonly core.PodResourceClaim[],
  metadata: Pick<ObjectMeta, "annotations"> | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const isMirror = Object.hasOwn(metadata?.annotations ?? {}, MIRROR_ANNOTATION);
  const names = new Set<string>();
  for (const [index, claim] of claims.entries()) {
    // upstream tells of it at a field without a name
    if (isMirror) {
      errors.forbidden("", "static pods do not support resource claims");
      continue;
    }
    const at = `${path}[${index}]`;
    if (claim.name === "") errors.required(`${at}.name`);
    else if (names.has(claim.name)) errors.duplicate(`${at}.name`, claim.name);
    else errors.invalidEach(`${at}.name`, claim.name, dns1123LabelErrors(claim.name));
    names.add(claim.name);
    checkClaim(claim, at, errors);
  }
}
