import type { KubeObject } from "@quarterdeck/meta";
import {
  deleteCollection,
  parseListQuery,
  type RegistryResource,
  runSubresource,
  type WriteRequest,
} from "@quarterdeck/registry";
import { serverRequest } from "../client/server-request.js";
import type { ControllerTools } from "./controller-tools.js";
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
      this.tools.logger.warn("a namespace could not be emptied yet", { namespace, error: String(error) }),
    delay: () => RETRY_MILLISECONDS,
  });
  #end: () => void = () => {};

  /** Without namespaces among what is served there is nothing to do. */
  constructor(private readonly tools: ControllerTools) {}

  async start(): Promise<void> {
    const namespaces = this.#namespaces;
    if (namespaces === undefined) return;
    this.#end = this.tools.observers.observe(namespaces.store, ({ type, object }) => {
      if (type !== "DELETED" && this.#isTerminating(object)) this.#queue.add(object.metadata.name ?? "");
    });
  }

  /** Ends after the namespace under work. */
  async stop(): Promise<void> {
    this.#end();
    await this.#queue.stop();
  }

  get #namespaces(): RegistryResource | undefined {
    return this.tools.resources.find(
      ({ descriptor }) => descriptor.group === "" && descriptor.resource === "namespaces",
    );
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
    for (const resource of this.tools.resources.filter(({ descriptor }) => descriptor.namespaced)) {
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
      warn: (text) => this.tools.logger.debug(text, { namespace, name }),
    });
  }
}
