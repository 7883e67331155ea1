import type { RequestInfo } from "@quarterdeck/sdk";

/** Where all that the storages hold is read; it lasts as long as that takes. */
export const BACKUP_PATH = "/quarterdeck/v1/backup";

/** Requests that last as long as the client likes: no timeout, and a stop ends them instead of waiting for them. */
export function isLongRunning(info: RequestInfo): boolean {
  if (info.verb === "watch" || info.verb === "proxy") return true;
  if (!info.isResourceRequest) return info.path.startsWith("/debug/pprof/") || info.path === BACKUP_PATH;
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
