import { type JsonObject, StatusError } from "@quarterdeck/meta";
import { deleteObject, type RegistryResource, updateObject, type WriteRequest } from "@quarterdeck/registry";
import type { Logger } from "@quarterdeck/sdk";
import type { ObjectObservers } from "../client/object-observers.js";
import { serverRequest } from "../client/server-request.js";
import type { ResolvedServer } from "../config/resolved-config.js";
import { type CertificateRequest, certificateRequest } from "./certificate-request.js";
import { WorkQueue } from "./work-queue.js";

/** Between the attempts at one request, in milliseconds: each time twice as long. */
const FIRST_DELAY = 200;
const LONGEST_DELAY = 1_000_000;

/** What controllers work with. */
export interface ControllerTools {
  /** All that are served. */
  readonly resources: readonly RegistryResource[];
  readonly logger: Logger;
  readonly observers: ObjectObservers;
  readonly server: ResolvedServer;
}

/** The requests of a server and what controllers may do to them. */
export class CertificateRequests {
  readonly resource: RegistryResource | undefined;

  constructor(
    private readonly tools: ControllerTools,
    private readonly signal: AbortSignal,
  ) {
    this.resource = tools.resources.find(
      ({ descriptor }) =>
        descriptor.group === "certificates.k8s.io" && descriptor.resource === "certificatesigningrequests",
    );
  }

  /** All of them as they are now. */
  all(): readonly CertificateRequest[] {
    return this.resource?.store.peekAll("").map(({ object }) => certificateRequest(object)) ?? [];
  }

  get(name: string): CertificateRequest | undefined {
    const found = this.resource?.store.peek({ namespace: "", name })?.object;
    return found === undefined ? undefined : certificateRequest(found);
  }

  /** Adds a condition, or sets the certificate, unless the request has changed meanwhile. */
  async write(request: CertificateRequest, part: "approval" | "status", change: JsonObject): Promise<void> {
    if (this.resource === undefined) return;
    const object = structuredClone(request.object);
    const conditions = [...request.conditions.values()].map((one) => structuredClone(one));
    const added = change.condition === undefined ? [] : [change.condition];
    object.status = {
      conditions: [...conditions, ...added],
      ...(change.certificate === undefined ? {} : { certificate: change.certificate }),
    };
    await updateObject(this.resource, this.#request(this.resource, request.name), { object, duplicates: [] }, part);
  }

  async remove({ name, object }: CertificateRequest): Promise<void> {
    if (this.resource === undefined) return;
    const { uid } = object.metadata;
    const preconditions = uid === undefined ? {} : { preconditions: { uid } };
    await deleteObject(this.resource, this.#request(this.resource, name), preconditions);
  }

  #request(resource: RegistryResource, name: string): WriteRequest {
    return serverRequest(resource, {
      namespace: "",
      name,
      // As upstream's, which runs in the controller manager.
      fieldManager: "kube-controller-manager",
      signal: this.signal,
      warn: (text) => this.tools.logger.debug(text, { name }),
    });
  }
}

/** Looks at each certificate signing request after each change, one after the other, and again while it cannot be handled. */
export class CertificateRequestLoop {
  readonly #queue: WorkQueue;
  readonly #requests: CertificateRequests;
  #end: () => void = () => {};

  /** `handle` answers false for a request that may be handled later though nobody writes to it. */
  constructor(
    private readonly tools: ControllerTools,
    private readonly handle: (request: CertificateRequest, requests: CertificateRequests) => Promise<boolean>,
  ) {
    this.#queue = new WorkQueue({
      handle: (name) => this.#try(name),
      failed: (name, error) =>
        tools.logger.warn("a certificate request could not be handled yet", { name, error: String(error) }),
      delay: (attempts) => Math.min(FIRST_DELAY * 2 ** attempts, LONGEST_DELAY),
    });
    this.#requests = new CertificateRequests(tools, this.#queue.signal);
  }

  async start(): Promise<void> {
    const { resource } = this.#requests;
    if (resource === undefined) return;
    this.#end = this.tools.observers.observe(resource.store, ({ type, object }) => {
      const name = object.metadata.name ?? "";
      this.#queue.forget(name);
      if (type !== "DELETED") this.#queue.add(name);
    });
  }

  /** Ends after the request under work. */
  async stop(): Promise<void> {
    this.#end();
    await this.#queue.stop();
  }

  async #try(name: string): Promise<boolean> {
    const request = this.#requests.get(name);
    if (request === undefined) return true;
    try {
      return await this.handle(request, this.#requests);
    } catch (error) {
      // Somebody else wrote it or took it away, which is heard of.
      if (StatusError.is(error) && (error.reason === "Conflict" || error.reason === "NotFound")) return true;
      throw error;
    }
  }
}
