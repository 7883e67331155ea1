import { isJsonObject, type KubeObject, StatusError } from "@quarterdeck/meta";
import {
  backoff,
  Client,
  type Controller,
  type ControllerTerm,
  Injectable,
  type Lister,
  ListerOf,
  Logger,
  ServedResources,
  WorkQueue,
} from "@quarterdeck/sdk";
import { namespaceConditions } from "./namespace-conditions.js";
import { deleteContent, type NamespaceContent } from "./namespace-content.js";

const NAMESPACES = { group: "", resource: "namespaces" };
/** The finalizer that stands for the content of a namespace. */
const CONTENT = "kubernetes";
/** Between two looks at a namespace whose content does not go, in milliseconds; upstream's waits eight seconds for finalizers. */
const FIRST_DELAY = 250;
const LONGEST_DELAY = 8_000;
/** How long other servers may take to hear that a namespace is deleted, and to end what they create in it; as upstream. */
const SETTLING = 5_000;
/** Namespaces that are emptied at a time; upstream's --concurrent-namespace-syncs. */
const WORKERS = 10;

function contentFinalizers({ spec }: KubeObject): readonly string[] {
  const finalizers: unknown = isJsonObject(spec) ? spec.finalizers : undefined;
  return Array.isArray(finalizers) ? finalizers.filter((one) => typeof one === "string") : [];
}

function isTerminating(namespace: KubeObject): boolean {
  return namespace.metadata.deletionTimestamp !== undefined && contentFinalizers(namespace).includes(CONTENT);
}

/**
 * Empties deleted namespaces: deletes what they hold in every resource, says in their status what does not go, and then
 * takes the finalizer `kubernetes` away, which lets them go; upstream's namespace controller, which lives in the controller
 * manager there (docs/adr/0010).
 */
@Injectable()
export class NamespaceController implements Controller {
  readonly #queue = new WorkQueue({
    handle: (name) => this.#look(name),
    failed: (namespace, error) =>
      this.logger.warn("a namespace could not be emptied yet", { namespace, error: String(error) }),
    delay: backoff(FIRST_DELAY, LONGEST_DELAY),
    workers: WORKERS,
  });
  /** Those under work: what is written to them meanwhile, mostly by ourselves, is no cause for another look. */
  readonly #emptying = new Set<string>();
  #end: () => void = () => {};

  /** Without namespaces among what is served there is nothing to do. */
  constructor(
    @ListerOf(NAMESPACES, { optional: true }) private readonly namespaces: Lister | undefined,
    private readonly served: ServedResources,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {}

  start({ shared }: ControllerTerm): void {
    if (this.namespaces === undefined) return;
    this.#queue.start();
    this.#end = this.namespaces.observe(({ type, object }) => {
      const { name = "" } = object.metadata;
      if (type === "DELETED") {
        this.#queue.forget(name);
        this.#emptying.delete(name);
      } else if (isTerminating(object) && !this.#emptying.has(name)) {
        this.#emptying.add(name);
        if (shared) this.#queue.addAfter(name, SETTLING);
        else this.#queue.add(name);
      }
    });
  }

  /** Ends after the namespaces under work. */
  async stop(): Promise<void> {
    this.#end();
    await this.#queue.stop();
    this.#emptying.clear();
  }

  /** True when the namespace is gone or may go. */
  async #look(name: string): Promise<boolean> {
    const done = await this.#empty(name);
    if (done) this.#emptying.delete(name);
    return done;
  }

  async #empty(name: string): Promise<boolean> {
    const client = this.client.as("namespace-controller", this.#queue.signal);
    const namespace = await this.#current(client, name);
    if (namespace === undefined || !isTerminating(namespace)) return true;
    const content = await deleteContent(client, this.served.all(), name);
    try {
      const told = await this.#tell(client, namespace, content);
      for (const failure of content.failures)
        this.logger.debug("content of a namespace does not go", { namespace: name, failure });
      if (content.failures.length > 0 || content.remaining.size > 0) return false;
      await this.#finalize(client, told);
      return true;
    } catch (error) {
      if (StatusError.is(error) && error.reason === "NotFound") return true;
      // Somebody else wrote it: what it says now counts.
      if (StatusError.is(error) && error.reason === "Conflict") return false;
      throw error;
    }
  }

  async #current(client: Client, name: string): Promise<KubeObject | undefined> {
    try {
      return await client.resource(NAMESPACES).get({ name });
    } catch (error) {
      if (StatusError.is(error) && error.reason === "NotFound") return undefined;
      throw error;
    }
  }

  /** The namespace with what its status has to say. */
  async #tell(client: Client, namespace: KubeObject, content: NamespaceContent): Promise<KubeObject> {
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    const conditions = namespaceConditions(namespace, content, now);
    if (conditions === undefined) return namespace;
    const status = { ...(isJsonObject(namespace.status) ? namespace.status : {}), phase: "Terminating", conditions };
    return client.resource(NAMESPACES).updateStatus({ ...namespace, status });
  }

  /** On the state that was looked at: a finalizer that somebody adds to the spec meanwhile must stay. */
  async #finalize(client: Client, namespace: KubeObject): Promise<void> {
    const finalizers = contentFinalizers(namespace).filter((one) => one !== CONTENT);
    await client
      .resource(NAMESPACES)
      .updateSubresource({ ...namespace, spec: { finalizers: [...finalizers] } }, "finalize");
  }
}
