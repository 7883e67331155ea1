import { formatApiVersion, formatGroupResource } from "@quarterdeck/meta";
import type {
  Lister,
  Listers,
  MetadataChange,
  ServedResource,
  ServedResourceChange,
  ServedResources,
} from "@quarterdeck/sdk";
import type { ObjectGraph } from "./graph/object-graph.js";
import type { ObjectIdentity } from "./graph/object-identity.js";
import { observedObject } from "./graph/observed-object.js";

/** Without one of them an object could not be found, or not be collected. */
const NEEDED = ["delete", "list", "watch"];

/** Listers tell of objects in the version in which they are stored; others name them in the preferred one. */
function apiVersionOf({ group, servedVersions, version }: ServedResource): string {
  return formatApiVersion({ group, version: servedVersions[0] ?? version });
}

/** A resource under observation. */
interface Observed {
  readonly apiVersion: string;
  readonly lister: Lister;
  readonly end: () => void;
}

/** Tells a graph of the objects of all resources that can be collected, and of those that come to be served. */
export class ResourceObservers {
  /** By resource. */
  readonly #observed = new Map<string, Observed>();
  readonly #filling = new Set<string>();
  #end: () => void = () => {};
  #started = false;

  constructor(
    private readonly served: ServedResources,
    private readonly listers: Listers,
    private readonly graph: ObjectGraph,
    private readonly ignored: ReadonlySet<string>,
  ) {}

  /** `onCurrent` is called once the graph holds all that was there at the start. */
  start(onCurrent: () => void): void {
    this.#end = this.served.observe((change) => this.#changed(change, onCurrent));
    this.#started = true;
    if (this.#filling.size === 0) onCurrent();
  }

  stop(): void {
    this.#end();
    for (const { end } of this.#observed.values()) end();
    this.#observed.clear();
    this.#filling.clear();
    this.#started = false;
  }

  /** The object that an identity means, if observers tell of it: its kind in the version that the graph names it by. */
  find({ apiVersion, kind, namespace, name, uid }: ObjectIdentity): ObjectIdentity | undefined {
    const resource = this.served.findKind(apiVersion, kind);
    const observed = resource === undefined ? undefined : this.#observed.get(formatGroupResource(resource));
    const place = resource?.namespaced === true ? namespace : "";
    const found = observed?.lister.get(name, place)?.metadata;
    if (observed === undefined || found?.uid !== uid) return undefined;
    return { apiVersion: observed.apiVersion, kind, namespace: place, name, uid };
  }

  #changed({ type, resource }: ServedResourceChange, onCurrent: () => void): void {
    const name = formatGroupResource(resource);
    const apiVersion = apiVersionOf(resource);
    if (type === "REMOVED") {
      this.#observed.get(name)?.end();
      if (this.#observed.delete(name)) this.graph.lose(apiVersion, resource.kind);
      this.#filled(name, onCurrent);
      return;
    }
    const lister = this.ignored.has(name) ? undefined : this.listers.of(resource);
    if (lister === undefined || !NEEDED.every((verb) => resource.verbs.includes(verb))) return;
    // What comes later does not wait: upstream goes on collecting, too.
    if (!this.#started) this.#filling.add(name);
    const told = ({ type: change, metadata }: MetadataChange): void => {
      const observed = observedObject(apiVersion, resource.kind, metadata);
      if (change === "DELETED") this.graph.forget(observed.identity);
      else this.graph.observe(observed);
    };
    const end = this.listers.observeMetadata(resource, told, () => this.#filled(name, onCurrent)) ?? (() => {});
    this.#observed.set(name, { apiVersion, lister, end });
  }

  #filled(name: string, onCurrent: () => void): void {
    if (this.#filling.delete(name) && this.#started && this.#filling.size === 0) onCurrent();
  }
}
