import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { RequestInfo } from "@quarterdeck/sdk";
import type { Distribution, HistogramFamily } from "./histogram-family.js";
import type { MetricRegistry } from "./metric-registry.js";
import type { Scalar, ScalarFamily } from "./scalar-family.js";

const DURATION_BOUNDS = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
];
const SIZE_BOUNDS = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
const SCOPES = ["resource", "namespace", "cluster"] as const;
const ROUTE_LABELS = ["group", "version", "resource", "subresource", "scope", "component"];
const COMPONENT = "apiserver";

/** Verbs as dashboards know them. */
const REPORTED_VERBS: ReadonlyMap<string, string> = new Map([
  ["create", "POST"],
  ["update", "PUT"],
]);

/** The series of one scope of a route's verb, looked up once. */
class Leaf {
  readonly codes = new Map<number, Scalar>();
  #running: Scalar | undefined;

  constructor(
    private readonly longRunning: ScalarFamily,
    /** For the counter by code. */
    readonly labels: readonly string[],
    /** The same without dry run. */
    private readonly route: readonly string[],
    readonly duration: Distribution,
    readonly sizes: Distribution | undefined,
  ) {}

  /** How many are open now; made on first use, since only watches have it. */
  get running(): Scalar {
    this.#running ??= this.longRunning.series(...this.route);
    return this.#running;
  }
}

/** The metrics of one verb of one resource or subresource. */
export class RequestSeries {
  readonly #leaves: (Leaf | undefined)[] = [];

  constructor(
    private readonly metrics: RequestMetrics,
    private readonly verb: string,
    private readonly about: readonly [group: string, version: string, resource: string, subresource: string],
  ) {}

  /** Counts an answered request; `size` is the length of the body in bytes. */
  record(info: RequestInfo, dryRun: string, code: number, seconds: number, size: number): void {
    const leaf = this.leaf(info, dryRun);
    let count = leaf.codes.get(code);
    if (count === undefined) {
      count = this.metrics.total.series(...leaf.labels, String(code));
      leaf.codes.set(code, count);
    }
    count.value++;
    leaf.duration.observe(seconds);
    leaf.sizes?.observe(size);
  }

  /** Counts a long-running request that begins (1) or ends (-1). */
  running(info: RequestInfo, change: 1 | -1): void {
    this.leaf(info, "").running.value += change;
  }

  private leaf(info: RequestInfo, dryRun: string): Leaf {
    const scope = info.name !== "" || info.verb === "create" ? 0 : info.namespace !== "" ? 1 : 2;
    const place = scope * 2 + (dryRun === "" ? 0 : 1);
    let leaf = this.#leaves[place];
    if (leaf === undefined) {
      leaf = this.metrics.leaf(this.verb, dryRun, [...this.about, SCOPES[scope] ?? ""]);
      this.#leaves[place] = leaf;
    }
    return leaf;
  }
}

/** The request metrics of the server under upstream's names. */
export class RequestMetrics {
  readonly total: ScalarFamily;
  readonly #watchEvents: ScalarFamily;
  readonly #watched = new WeakMap<VersionDescriptor, Scalar>();
  readonly longRunning: ScalarFamily;
  readonly #duration: HistogramFamily;
  readonly #sizes: HistogramFamily;
  readonly #deprecated: ScalarFamily;
  /** Requests in the handlers now, by what they do. */
  readonly reading: Scalar;
  readonly mutating: Scalar;

  constructor(registry: MetricRegistry) {
    this.total = registry.counter(
      "apiserver_request_total",
      "Requests by verb, dry run, group, version, resource, scope, component and code.",
      ["verb", "dry_run", ...ROUTE_LABELS, "code"],
    );
    this.#duration = registry.histogram(
      "apiserver_request_duration_seconds",
      "Seconds from the request line to the end of the answer.",
      ["verb", "dry_run", ...ROUTE_LABELS],
      DURATION_BOUNDS,
    );
    this.#sizes = registry.histogram(
      "apiserver_response_sizes",
      "Bytes of the answers to reads.",
      ["verb", ...ROUTE_LABELS],
      SIZE_BOUNDS,
    );
    this.longRunning = registry.gauge("apiserver_longrunning_requests", "Long-running requests that are open.", [
      "verb",
      ...ROUTE_LABELS,
    ]);
    this.#deprecated = registry.gauge(
      "apiserver_requested_deprecated_apis",
      "1 for each deprecated version that was asked for.",
      ["group", "version", "resource", "subresource", "removed_release"],
    );
    this.#watchEvents = registry.counter("apiserver_watch_events_total", "Events sent to watchers.", [
      "group",
      "version",
      "resource",
    ]);
    const inflight = registry.gauge(
      "apiserver_current_inflight_requests",
      "Requests that are being worked on, long-running ones aside.",
      ["request_kind"],
    );
    this.reading = inflight.series("readOnly");
    this.mutating = inflight.series("mutating");
  }

  /** The series of one verb of a route; made at boot. */
  series(verb: string, descriptor: ResourceDescriptor, version: VersionDescriptor, subresource: string): RequestSeries {
    const reported = REPORTED_VERBS.get(verb) ?? verb.toUpperCase();
    return new RequestSeries(this, reported, [version.group, version.version, descriptor.resource, subresource]);
  }

  /** Where the events of a version's watches are counted. */
  watchEvents({ resource }: ResourceDescriptor, version: VersionDescriptor): Scalar {
    let scalar = this.#watched.get(version);
    if (scalar === undefined) {
      scalar = this.#watchEvents.series(version.group, version.version, resource);
      this.#watched.set(version, scalar);
    }
    return scalar;
  }

  /** Notes that a deprecated version is in use. */
  deprecated(descriptor: ResourceDescriptor, version: VersionDescriptor, subresource: string): void {
    this.#deprecated.series(version.group, version.version, descriptor.resource, subresource, "").value = 1;
  }

  /** `about`: group, version, resource, subresource, scope. */
  leaf(verb: string, dryRun: string, about: readonly string[]): Leaf {
    const route = [...about, COMPONENT];
    const read = verb === "GET" || verb === "LIST";
    return new Leaf(
      this.longRunning,
      [verb, dryRun, ...route],
      [verb, ...route],
      this.#duration.series(verb, dryRun, ...route),
      read ? this.#sizes.series(verb, ...route) : undefined,
    );
  }
}
