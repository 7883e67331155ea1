import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import type * as core from "../../types/core-v1.js";

const CACHING_MODES = ["None", "ReadOnly", "ReadWrite"];
const KINDS = ["Dedicated", "Managed", "Shared"];
const MANAGED_URI = "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
const BLOB_URI = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";

/** Upstream's `validateAzureDisk`. */
export function checkAzureDisk(source: core.AzureDiskVolumeSource, path: string, errors: FieldErrors): void {
  const { diskName, diskURI, cachingMode, kind } = source;
  if (diskName === "") errors.required(`${path}.diskName`);
  if (diskURI === "") errors.required(`${path}.diskURI`);
  if (cachingMode !== undefined) checkEnum(cachingMode, CACHING_MODES, `${path}.cachingMode`, errors);
  if (kind === undefined) return;
  checkEnum(kind, KINDS, `${path}.kind`, errors);
  if (kind === "Managed" && !diskURI.startsWith("/subscriptions/"))
    errors.notSupported(`${path}.diskURI`, diskURI, [MANAGED_URI]);
  if (kind !== "Managed" && !diskURI.startsWith("https://"))
    errors.notSupported(`${path}.diskURI`, diskURI, [BLOB_URI]);
}
