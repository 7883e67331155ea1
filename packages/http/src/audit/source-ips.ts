import { isIP } from "node:net";
import type { RequestContext } from "@quarterdeck/sdk";

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;
/** Of the connections, which outlive their requests. */
const connections = new WeakMap<object, string>();

/** The address as Go prints it, or undefined for what is none. */
function address(text: string): string | undefined {
  const plain = text.trim().replace(MAPPED, "");
  return isIP(plain) === 0 ? undefined : plain;
}

function remoteAddress({ req }: RequestContext): string {
  // The request's own `socket` is another object for each HTTP/2 stream; the session stays the same.
  const connection = "stream" in req ? req.stream.session : req.socket;
  if (connection === undefined) return "";
  let found = connections.get(connection);
  if (found === undefined) {
    const { remoteAddress: raw = "" } = req.socket;
    found = address(raw) ?? "";
    connections.set(connection, found);
  }
  return found;
}

/**
 * Where a request says that it is from, the nearest last: X-Forwarded-For, X-Real-Ip, then the address of the connection,
 * which alone cannot be made up. Upstream's `SourceIPs`.
 */
export function sourceIPs(context: RequestContext): readonly string[] {
  const { headers } = context.req;
  const forwarded = headers["x-forwarded-for"];
  const real = headers["x-real-ip"];
  const remote = remoteAddress(context);
  if (forwarded === undefined && real === undefined) return remote === "" ? [] : [remote];
  const found: string[] = [];
  for (const part of String(forwarded ?? "").split(",")) {
    const one = address(part);
    if (one !== undefined) found.push(one);
  }
  const one = address(String(real ?? ""));
  if (one !== undefined && !found.includes(one)) found.push(one);
  if (remote !== "" && found.at(-1) !== remote) found.push(remote);
  return found;
}
