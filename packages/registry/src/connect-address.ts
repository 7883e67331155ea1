import { StatusError } from "@quarterdeck/meta";
import type { ConnectAddress } from "@quarterdeck/sdk";

/**
 * Reads `name`, `name:port` or `scheme:name:port`, upstream's `SplitSchemeNamePort`; 400 BadRequest for what is none, with
 * the singular of the resource.
 */
export function readConnectAddress(singular: string, id: string): ConnectAddress {
  const parts = id.split(":");
  const [first = "", second = "", third = ""] = parts;
  const [scheme, name, port] = parts.length === 3 ? [first, second, third] : ["", first, second];
  if (parts.length > 3 || name === "" || (scheme !== "" && scheme !== "http" && scheme !== "https")) {
    throw StatusError.badRequest(`invalid ${singular} request ${JSON.stringify(id)}`);
  }
  return { scheme, name, port };
}
