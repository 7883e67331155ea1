import type { RequestInfo } from "@quarterdeck/sdk";
import type { MetricRegistry } from "./metric-registry.js";
import type { ScalarFamily } from "./scalar-family.js";

const LABELS = ["verb", "group", "version", "resource", "subresource", "scope", "component", "code"];

/** Upstream's metrics of what the server does not go on with. */
export class DefenceMetrics {
  readonly #handshakes: ScalarFamily;
  readonly #terminations: ScalarFamily;

  constructor(registry: MetricRegistry) {
    this.#handshakes = registry.counter(
      "apiserver_tls_handshake_errors_total",
      "Connections that were dropped because their TLS handshake failed.",
    );
    this.#terminations = registry.counter(
      "apiserver_request_terminations_total",
      "Requests that the server ended in self-defence.",
      LABELS,
    );
  }

  handshakeFailed(): void {
    this.#handshakes.series().value++;
  }

  /** A request that was ended before its handler had answered, and the code that the client got. */
  terminated(info: RequestInfo, code: number): void {
    const { verb, apiGroup, apiVersion, resource, subresource, name, namespace } = info;
    const scope = name !== "" ? "resource" : namespace !== "" ? "namespace" : "cluster";
    // What is no resource names itself by its path upstream; here it names nothing, since paths are the client's to choose.
    const about = info.isResourceRequest ? [apiGroup, apiVersion, resource, subresource, scope] : ["", "", "", "", ""];
    const reported = KNOWN_VERBS.get(verb) ?? "other";
    this.#terminations.series(reported, ...about, "apiserver", String(code)).value++;
  }
}

/** As `apiserver_request_total` has them. */
const KNOWN_VERBS: ReadonlyMap<string, string> = new Map([
  ["get", "GET"],
  ["list", "LIST"],
  ["create", "POST"],
  ["post", "POST"],
  ["update", "PUT"],
  ["put", "PUT"],
  ["patch", "PATCH"],
  ["delete", "DELETE"],
  ["deletecollection", "DELETECOLLECTION"],
]);
