import type { FieldErrors } from "@quarterdeck/meta";
import type { HookContext } from "@quarterdeck/sdk";

const SUFFIX = ".static.k8s.io";
const TEXT = `names ending with "${SUFFIX}" are reserved for static manifest-based configurations and cannot be managed via the API`;

/** Refuses a new object that is called like those in files, and warns of an old one; upstream's `ValidateStaticSuffix`. */
export function checkStaticName(name: string, errors: FieldErrors, { operation, warn }: HookContext): void {
  if (!name.endsWith(SUFFIX)) return;
  if (operation === "CREATE") errors.invalid("metadata.name", name, TEXT);
  else warn(`metadata.name: ${TEXT}`);
}
