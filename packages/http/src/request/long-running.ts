import type { RequestInfo } from "@quarterdeck/sdk";

/** Requests that last as long as the client likes: no timeout, and a stop ends them instead of waiting for them. */
export function isLongRunning(info: RequestInfo): boolean {
  if (info.verb === "watch" || info.verb === "proxy") return true;
  if (!info.isResourceRequest) return info.path.startsWith("/debug/pprof/");
  switch (info.subresource) {
    case "attach":
    case "exec":
    case "proxy":
    case "log":
    case "portforward":
      return true;
    default:
      return false;
  }
}
