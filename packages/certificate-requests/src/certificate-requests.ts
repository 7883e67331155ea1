import type { JsonObject } from "@quarterdeck/meta";
import type { Client, Lister, ResourceClient, ResourceReference } from "@quarterdeck/sdk";
import { type CertificateRequest, certificateRequest } from "./certificate-request.js";

/** The resource of the requests, for `@ListerOf`. */
export const CERTIFICATE_REQUESTS: ResourceReference = Object.freeze({
  group: "certificates.k8s.io",
  resource: "certificatesigningrequests",
});

/** The requests of a server and what controllers may do to them. */
export class CertificateRequests {
  constructor(
    private readonly lister: Lister,
    private readonly client: Client,
  ) {}

  /** All of them as they are now. */
  all(): readonly CertificateRequest[] {
    return this.lister.list().map(certificateRequest);
  }

  get(name: string): CertificateRequest | undefined {
    const found = this.lister.get(name);
    return found === undefined ? undefined : certificateRequest(found);
  }

  /** Adds a condition, or sets the certificate, unless the request has changed meanwhile. */
  async write(
    request: CertificateRequest,
    part: "approval" | "status",
    change: JsonObject,
    signal: AbortSignal,
  ): Promise<void> {
    const object = structuredClone(request.object);
    const conditions = [...request.conditions.values()].map((one) => structuredClone(one));
    const added = change.condition === undefined ? [] : [change.condition];
    object.status = {
      conditions: [...conditions, ...added],
      ...(change.certificate === undefined ? {} : { certificate: change.certificate }),
    };
    await this.#client(signal).updateSubresource(object, part);
  }

  async remove({ name, object }: CertificateRequest, signal: AbortSignal): Promise<void> {
    const { uid } = object.metadata;
    await this.#client(signal).delete({ name }, uid === undefined ? {} : { preconditions: { uid } });
  }

  /** Under the name of upstream's, which runs in the controller manager. */
  #client(signal: AbortSignal): ResourceClient {
    return this.client.as("kube-controller-manager", signal).resource(CERTIFICATE_REQUESTS);
  }
}
