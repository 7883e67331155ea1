import type { KubeObject } from "@quarterdeck/meta";
import {
  Client,
  type Controller,
  Injectable,
  type Lister,
  ListerOf,
  Listers,
  Logger,
  ServedResources,
  WorkQueue,
} from "@quarterdeck/sdk";

const NAMESPACES = { group: "", resource: "namespaces" };
/** The finalizer that stands for the content of a namespace. */
const CONTENT = "kubernetes";
/** How long to wait before a namespace is looked at again whose content did not go, such as objects with finalizers. */
const RETRY_MILLISECONDS = 1000;

function contentFinalizers(namespace: KubeObject): readonly string[] {
  const { finalizers } = Object(namespace.spec);
  return Array.isArray(finalizers) ? finalizers : [];
}

function isTerminating(namespace: KubeObject): boolean {
  return namespace.metadata.deletionTimestamp !== undefined && contentFinalizers(namespace).includes(CONTENT);
}

/**
 * Empties deleted namespaces: deletes what they hold in every resource, then takes the finalizer `kubernetes` away, which
 * lets them go; upstream's namespace controller, which lives in the controller manager there (docs/adr/0010).
 */
@Injectable()
export class NamespaceController implements Controller {
  readonly #queue = new WorkQueue({
    handle: (name) => this.#empty(name),
    failed: (namespace, error) =>
      this.logger.warn("a namespace could not be emptied yet", { namespace, error: String(error) }),
    delay: () => RETRY_MILLISECONDS,
  });
  #end: () => void = () => {};

  /** Without namespaces among what is served there is nothing to do. */
  constructor(
    @ListerOf(NAMESPACES, { optional: true }) private readonly namespaces: Lister | undefined,
    private readonly served: ServedResources,
    private readonly listers: Listers,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {}

  start(): void {
    if (this.namespaces === undefined) return;
    this.#queue.start();
    this.#end = this.namespaces.observe(({ type, object }) => {
      if (type !== "DELETED" && isTerminating(object)) this.#queue.add(object.metadata.name ?? "");
    });
  }

  /** Ends after the namespace under work. */
  async stop(): Promise<void> {
    this.#end();
    await this.#queue.stop();
  }

  /** True when the namespace is gone or may go. */
  async #empty(name: string): Promise<boolean> {
    const current = this.namespaces?.get(name);
    if (current === undefined || !isTerminating(current)) return true;
    const client = this.client.as("namespace-controller", this.#queue.signal);
    let left = 0;
    for (const resource of this.served.all()) {
      const lister = resource.namespaced ? this.listers.of(resource) : undefined;
      if (lister === undefined || lister.list(name).length === 0) continue;
      await client.resource(resource).deleteCollection({ namespace: name }, { propagationPolicy: "Background" });
      left += lister.list(name).length;
    }
    if (left > 0) return false;
    const finalizers = contentFinalizers(current).filter((one) => one !== CONTENT);
    const { apiVersion, kind } = current;
    await client
      .resource(NAMESPACES)
      .updateSubresource({ apiVersion, kind, metadata: { name }, spec: { finalizers } }, "finalize");
    return true;
  }
}
