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
import { serverRequest } from "../client/server-request.js";
import { WorkQueue } from "./work-queue.js";

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
  readonly #queue = new WorkQueue({
    handle: (name) => this.#empty(name),
    failed: (namespace, error) =>
      this.logger.warn("a namespace could not be emptied yet", { namespace, error: String(error) }),
    delay: () => RETRY_MILLISECONDS,
  });
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
        if (type !== "DELETED" && this.#isTerminating(object.object)) this.#queue.add(object.name);
      },
      onBookmark() {},
      onEnd: (error) => {
        if (error !== undefined) this.#watchAgain(namespaces, error);
      },
    });
  }

  /** Begins anew with the present state: the storage went back in time, or does not answer for now. */
  #watchAgain(namespaces: RegistryResource, error: unknown): void {
    if (this.#queue.signal.aborted) return;
    this.logger.warn("the watch of namespaces ended and is started again", { error: String(error) });
    const again = () => {
      this.#watchAll(namespaces).catch((failure: unknown) => this.#watchAgain(namespaces, failure));
    };
    this.#restart = setTimeout(again, RETRY_MILLISECONDS).unref();
  }

  /** Ends after the namespace under work. */
  async stop(): Promise<void> {
    const stopped = this.#queue.stop();
    this.#watch?.close();
    clearTimeout(this.#restart);
    await stopped;
  }

  get #namespaces(): RegistryResource | undefined {
    return this.resources.find(({ descriptor }) => descriptor.group === "" && descriptor.resource === "namespaces");
  }

  #isTerminating(namespace: KubeObject): boolean {
    return namespace.metadata.deletionTimestamp !== undefined && contentFinalizers(namespace).includes(CONTENT);
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
    return serverRequest(resource, {
      namespace,
      name,
      fieldManager: "namespace-controller",
      signal: this.#queue.signal,
      warn: (text) => this.logger.debug(text, { namespace, name }),
    });
  }
}
