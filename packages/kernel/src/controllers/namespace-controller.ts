import type { KubeObject } from "@quarterdeck/meta";
import {
  deleteCollection,
  parseListQuery,
  type RegistryResource,
  runSubresource,
  type WriteRequest,
} from "@quarterdeck/registry";
import type { Logger } from "@quarterdeck/sdk";
import type { ResourceWatch } from "@quarterdeck/storage";
import { SERVER_USER } from "../client/registry-client.js";

/** The finalizer that stands for the content of a namespace. */
const CONTENT = "kubernetes";
/** How long to wait before a namespace is looked at again whose content did not go, such as objects with finalizers. */
const RETRY_MILLISECONDS = 1000;
const EVERYTHING = parseListQuery(new URLSearchParams());

function contentFinalizers(namespace: KubeObject): readonly string[] {
  const { finalizers } = Object(namespace.spec);
  return Array.isArray(finalizers) ? finalizers : [];
}

/**
 * Empties deleted namespaces: deletes what they hold in every resource, then takes the finalizer `kubernetes` away, which
 * lets them go; upstream's namespace controller, which lives in the controller manager there (docs/adr/0010).
 */
export class NamespaceController {
  readonly #stopped = new AbortController();
  readonly #waiting = new Set<string>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #working: Promise<void> | undefined;
  #watch: ResourceWatch | undefined;
  #restart: NodeJS.Timeout | undefined;

  /** `resources`: all that are served; without namespaces among them there is nothing to do. */
  constructor(
    private readonly resources: readonly RegistryResource[],
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    const namespaces = this.#namespaces;
    if (namespaces !== undefined) await this.#watchAll(namespaces);
  }

  async #watchAll(namespaces: RegistryResource): Promise<void> {
    this.#watch = await namespaces.store.watch({
      namespace: "",
      allowBookmarks: false,
      onChange: (type, { object }) => {
        if (type !== "DELETED" && this.#isTerminating(object.object)) this.#enqueue(object.name);
      },
      onBookmark() {},
      onEnd: (error) => {
        if (error !== undefined) this.#watchAgain(namespaces, error);
      },
    });
  }

  /** Begins anew with the present state: the storage went back in time, or does not answer for now. */
  #watchAgain(namespaces: RegistryResource, error: unknown): void {
    if (this.#stopped.signal.aborted) return;
    this.logger.warn("the watch of namespaces ended and is started again", { error: String(error) });
    const again = () => {
      this.#watchAll(namespaces).catch((failure: unknown) => this.#watchAgain(namespaces, failure));
    };
    this.#restart = setTimeout(again, RETRY_MILLISECONDS).unref();
  }

  /** Ends after the namespace under work. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#watch?.close();
    clearTimeout(this.#restart);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await this.#working;
  }

  get #namespaces(): RegistryResource | undefined {
    return this.resources.find(({ descriptor }) => descriptor.group === "" && descriptor.resource === "namespaces");
  }

  #isTerminating(namespace: KubeObject): boolean {
    return namespace.metadata.deletionTimestamp !== undefined && contentFinalizers(namespace).includes(CONTENT);
  }

  #enqueue(name: string): void {
    if (this.#stopped.signal.aborted) return;
    this.#waiting.add(name);
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  async #work(): Promise<void> {
    // The write that this hears of may not have been answered yet; it goes first.
    await new Promise((resolve) => setImmediate(resolve));
    for (const name of this.#waiting) {
      if (this.#stopped.signal.aborted) return;
      this.#waiting.delete(name);
      try {
        if (!(await this.#empty(name))) this.#retry(name);
      } catch (error) {
        if (this.#stopped.signal.aborted) return;
        this.logger.warn("a namespace could not be emptied yet", { namespace: name, error: String(error) });
        this.#retry(name);
      }
    }
  }

  #retry(name: string): void {
    if (this.#timers.has(name)) return;
    const again = () => {
      this.#timers.delete(name);
      this.#enqueue(name);
    };
    this.#timers.set(name, setTimeout(again, RETRY_MILLISECONDS).unref());
  }

  /** True when the namespace is gone or may go. */
  async #empty(name: string): Promise<boolean> {
    const namespaces = this.#namespaces;
    const current = namespaces?.store.peek({ namespace: "", name })?.object;
    if (namespaces === undefined || current === undefined || !this.#isTerminating(current)) return true;
    let left = 0;
    for (const resource of this.resources.filter(({ descriptor }) => descriptor.namespaced)) {
      if (resource.store.peekAll(name).length === 0) continue;
      await deleteCollection(resource, this.#request(resource, name, ""), EVERYTHING, {
        propagationPolicy: "Background",
      });
      left += resource.store.peekAll(name).length;
    }
    if (left > 0) return false;
    const finalizers = contentFinalizers(current).filter((one) => one !== CONTENT);
    const body = { object: { spec: { finalizers: [...finalizers] } }, duplicates: [] };
    await runSubresource(namespaces, this.#request(namespaces, "", name), "finalize", "update", body);
    return true;
  }

  #request(resource: RegistryResource, namespace: string, name: string): WriteRequest {
    return {
      version: resource.descriptor.storageVersion,
      namespace,
      name,
      user: SERVER_USER,
      dryRun: false,
      fieldValidation: "Strict",
      fieldManager: "namespace-controller",
      signal: this.#stopped.signal,
      services: resource.services,
      annotate() {},
      warn: (text) => this.logger.debug(text, { namespace, name }),
    };
  }
}
