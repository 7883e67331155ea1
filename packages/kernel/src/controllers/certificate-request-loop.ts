import { type JsonObject, StatusError } from "@quarterdeck/meta";
import { deleteObject, type RegistryResource, updateObject, type WriteRequest } from "@quarterdeck/registry";
import type { Logger } from "@quarterdeck/sdk";
import type { ObjectObservers } from "../client/object-observers.js";
import { SERVER_USER } from "../client/registry-client.js";
import type { ResolvedServer } from "../config/resolved-config.js";
import { type CertificateRequest, certificateRequest } from "./certificate-request.js";

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
    return {
      version: resource.descriptor.storageVersion,
      namespace: "",
      name,
      user: SERVER_USER,
      dryRun: false,
      fieldValidation: "Strict",
      // As upstream's, which runs in the controller manager.
      fieldManager: "kube-controller-manager",
      signal: this.signal,
      services: resource.services,
      annotate() {},
      warn: (text) => this.tools.logger.debug(text, { name }),
    };
  }
}

/** Looks at each certificate signing request after each change, one after the other, and again while it cannot be handled. */
export class CertificateRequestLoop {
  readonly #stopped = new AbortController();
  readonly #waiting = new Set<string>();
  readonly #attempts = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #requests: CertificateRequests;
  #working: Promise<void> | undefined;
  #end: () => void = () => {};

  /** `handle` answers false for a request that may be handled later though nobody writes to it. */
  constructor(
    private readonly tools: ControllerTools,
    private readonly handle: (request: CertificateRequest, requests: CertificateRequests) => Promise<boolean>,
  ) {
    this.#requests = new CertificateRequests(tools, this.#stopped.signal);
  }

  async start(): Promise<void> {
    const { resource } = this.#requests;
    if (resource === undefined) return;
    this.#end = this.tools.observers.observe(resource.store, ({ type, object }) => {
      const name = object.metadata.name ?? "";
      this.#forget(name);
      if (type !== "DELETED") this.#enqueue(name);
    });
  }

  /** Ends after the request under work. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#end();
    for (const name of [...this.#timers.keys()]) this.#forget(name);
    await this.#working;
  }

  #forget(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
    this.#attempts.delete(name);
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
      if (!(await this.#try(name))) this.#later(name);
    }
  }

  async #try(name: string): Promise<boolean> {
    const request = this.#requests.get(name);
    if (request === undefined) return true;
    try {
      return await this.handle(request, this.#requests);
    } catch (error) {
      // Somebody else wrote it or took it away, which is heard of.
      if (StatusError.is(error) && (error.reason === "Conflict" || error.reason === "NotFound")) return true;
      if (!this.#stopped.signal.aborted)
        this.tools.logger.warn("a certificate request could not be handled yet", { name, error: String(error) });
      return false;
    }
  }

  #later(name: string): void {
    if (this.#stopped.signal.aborted || this.#timers.has(name)) return;
    const attempt = this.#attempts.get(name) ?? 0;
    this.#attempts.set(name, attempt + 1);
    const again = (): void => {
      this.#timers.delete(name);
      this.#enqueue(name);
    };
    const delay = Math.min(FIRST_DELAY * 2 ** attempt, LONGEST_DELAY);
    this.#timers.set(name, setTimeout(again, delay).unref());
  }
}
