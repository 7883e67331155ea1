import type { JsonObject } from "@quarterdeck/meta";
import { deleteObject, type RegistryResource, updateObject, type WriteRequest } from "@quarterdeck/registry";
import { serverRequest } from "../client/server-request.js";
import { type CertificateRequest, certificateRequest } from "./certificate-request.js";
import type { ControllerTools } from "./controller-tools.js";

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
