import { type FieldErrors, type ObjectMeta, quoteText } from "@quarterdeck/meta";
import { GoUrl, GoUrlError } from "../../checks/go-url.js";

const ANNOTATION = "api-approved.kubernetes.io";
const PULL = "see https://github.com/kubernetes/enhancements/pull/1111";

type Approval = "missing" | "bypassed" | "approved" | "invalid";

function isCommunityGroup(group: string): boolean {
  return ["k8s.io", "kubernetes.io"].some((domain) => group === domain || group.endsWith(`.${domain}`));
}

function isUrl(text: string): boolean {
  try {
    const { scheme, host } = GoUrl.parse(text);
    return scheme !== "" && host !== "";
  } catch (error) {
    if (error instanceof GoUrlError) return false;
    throw error;
  }
}

function approvalOf({ annotations }: ObjectMeta): Approval {
  const text = annotations?.[ANNOTATION] ?? "";
  if (text === "") return "missing";
  if (text.startsWith("unapproved")) return "bypassed";
  return isUrl(text) ? "approved" : "invalid";
}

/** Groups of the Kubernetes community need a word on who has approved them; upstream's `validateAPIApproval`. */
export function checkCommunityApproval(
  group: string,
  metadata: ObjectMeta,
  old: ObjectMeta | undefined,
  errors: FieldErrors,
): void {
  if (!isCommunityGroup(group)) return;
  const approval = approvalOf(metadata);
  if (old !== undefined && approvalOf(old) === approval) return;
  const path = `metadata.annotations[${ANNOTATION}]`;
  const needed = `protected groups must have approval annotation ${quoteText(ANNOTATION)}`;
  if (approval === "missing") errors.required(path, `${needed}, ${PULL}`);
  if (approval === "invalid")
    errors.invalid(
      path,
      metadata.annotations?.[ANNOTATION],
      `${needed} with either a URL or a reason starting with "unapproved", ${PULL}`,
    );
}
