import type { Metrics } from "../contract/metrics.js";
import type { RequestContext } from "../contract/request-context.js";
import type { RequestInfo } from "../contract/request-info.js";

const TEXT = "Too many requests, please try again later.\n";
const ROUTE_LABELS = ["group", "version", "resource", "subresource", "scope", "component", "code"];
const VERBS: ReadonlyMap<string, string> = new Map([
  ["create", "POST"],
  ["update", "PUT"],
]);

function scopeOf(info: RequestInfo): string {
  if (info.name !== "" || info.verb === "create") return "resource";
  if (info.namespace !== "") return "namespace";
  return info.isResourceRequest ? "cluster" : "";
}

/** Refuses requests as upstream's flow control does, and counts them under upstream's names. */
export class TooManyRequests {
  readonly #requests;
  readonly #terminations;

  constructor(metrics: Metrics) {
    this.#requests = metrics.counter(
      "apiserver_request_total",
      "Requests by verb, dry run, group, version, resource, scope, component and code.",
      ["verb", "dry_run", ...ROUTE_LABELS],
    );
    this.#terminations = metrics.counter(
      "apiserver_request_terminations_total",
      "Requests that the server ended in self-defence.",
      ["verb", ...ROUTE_LABELS],
    );
  }

  /** 429 in plain text; `retryAfter` is in seconds. */
  answer(context: RequestContext, retryAfter: number): void {
    const info = context.state.requestInfo;
    const labels = {
      verb: VERBS.get(info.verb) ?? info.verb.toUpperCase(),
      dry_run: context.querystring.includes("dryRun=All") ? "All" : "",
      group: info.apiGroup,
      version: info.apiVersion,
      resource: info.resource,
      subresource: info.subresource,
      scope: scopeOf(info),
      component: "apiserver",
      code: "429",
    };
    this.#requests.increment(labels);
    this.#terminations.increment(labels);
    context.status = 429;
    context.set("Content-Type", "text/plain; charset=utf-8");
    context.set("X-Content-Type-Options", "nosniff");
    context.set("Retry-After", String(retryAfter));
    context.body = TEXT;
  }
}
