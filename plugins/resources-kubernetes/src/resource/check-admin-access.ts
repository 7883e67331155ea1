import type { FieldErrors } from "@quarterdeck/meta";
import { Listers, type Services } from "@quarterdeck/sdk";
import { Namespace } from "../core/namespace/namespace.js";

const LABEL = "resource.kubernetes.io/admin-access";

/** Something that may have access to devices that are in use. */
interface Access {
  readonly adminAccess?: boolean;
}

/** Only namespaces with a label may have access to devices that are in use; upstream's `AuthorizedForAdmin`. */
export function checkAdminAccess(
  wanted: readonly (Access | undefined)[],
  pathOf: (index: number) => string,
  namespace: string | undefined,
  services: Services,
  errors: FieldErrors,
): void {
  const index = wanted.findIndex((one) => one?.adminAccess === true);
  const namespaces = services.find(Listers)?.of(Namespace);
  if (index === -1 || namespaces === undefined) return;
  if (namespaces.get(namespace ?? "")?.metadata.labels?.[LABEL] === "true") return;
  const why = `admin access to devices requires the \`${LABEL}: true\` label on the containing namespace`;
  errors.forbidden(`${pathOf(index)}.adminAccess`, why);
}
