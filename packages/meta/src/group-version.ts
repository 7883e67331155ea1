/** A group and one of its versions; the core group is the empty string. */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/** A kind in one version of a group, such as `apps/v1 Deployment`. */
export interface GroupVersionKind extends GroupVersion {
  readonly kind: string;
}

/** A resource (lowercase plural) in one version of a group, such as `apps/v1 deployments`. */
export interface GroupVersionResource extends GroupVersion {
  readonly resource: string;
}

/** A resource without its version: what errors and RBAC rules name. */
export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

/** A kind without its version: what `Invalid` errors name. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** `apps/v1`, or `v1` for the core group. */
export function formatApiVersion(of: GroupVersion): string {
  return of.group === "" ? of.version : `${of.group}/${of.version}`;
}

/** The reverse of {@link formatApiVersion}; undefined when there is more than one slash or a part is empty. */
export function parseApiVersion(apiVersion: string): GroupVersion | undefined {
  const parts = apiVersion.split("/");
  const [first, second] = parts;
  if (parts.length === 1 && first) return { group: "", version: first };
  if (parts.length === 2 && first && second) return { group: first, version: second };
  return undefined;
}

/** `deployments.apps`, or `pods` for the core group: upstream's `GroupResource.String()`. */
export function formatGroupResource(of: GroupResource): string {
  return of.group === "" ? of.resource : `${of.resource}.${of.group}`;
}

/** `Deployment.apps`, or `Pod` for the core group: upstream's `GroupKind.String()`. */
export function formatGroupKind(of: GroupKind): string {
  return of.group === "" ? of.kind : `${of.kind}.${of.group}`;
}
