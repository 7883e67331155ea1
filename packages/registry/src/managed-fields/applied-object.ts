import type { JsonObject } from "@quarterdeck/meta";

/** Group, version and kind as Go prints them. */
export function printedKind(apiVersion: string, kind: string): string {
  const groupVersion = apiVersion.includes("/") ? apiVersion : `/${apiVersion}`;
  return `${groupVersion}, Kind=${kind}`;
}

/** Which object a configuration is of, as upstream's errors say it: `demo/web; apps/v1, Kind=Deployment`. */
export function appliedObject(
  part: { readonly apiVersion: string; readonly kind: string },
  config: JsonObject,
): string {
  const { namespace = "", name = "" } = Object(config.metadata);
  return `${namespace}/${name}; ${printedKind(part.apiVersion, part.kind)}`;
}
