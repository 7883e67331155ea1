import type { ApiObject, HookContext } from "@quarterdeck/sdk";
import type { RoleRef } from "../types/rbac-v1.js";
import { mayBind, mayGrantAnything, requireHeld, type Written } from "./escalation.js";
import { changesOnlyOwnership } from "./gc-fields.js";
import { rulesOfRole } from "./rules-of-role.js";

/** 403 when a binding gives more than its writer holds, unless they may `bind` the role. */
export async function requireBindable(
  binding: ApiObject & { readonly roleRef: RoleRef },
  old: ApiObject | undefined,
  context: HookContext,
  resource: Written["resource"],
): Promise<void> {
  if (mayGrantAnything(context.user)) return;
  if (old !== undefined && changesOnlyOwnership(binding, old)) return;
  const { name = "", namespace = "" } = binding.metadata;
  if (await mayBind(context, binding.roleRef, namespace)) return;
  await requireHeld(context, await rulesOfRole(context, binding.roleRef, namespace), { resource, name, namespace });
}
