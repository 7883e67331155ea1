import { StatusError } from "@quarterdeck/meta";
import {
  Client,
  type Controller,
  Injectable,
  type ListeningAt,
  Listers,
  Logger,
  RepeatedWork,
  type ResourceReference,
  ServedResources,
  ServerAddress,
  Services,
} from "@quarterdeck/sdk";
import { INTERNAL_GROUP, ServiceNetwork } from "@quarterdeck/service-network";
import { advertisedAddress } from "./advertised-address.js";
import { ensureObject, keepObject } from "./kept-object.js";
import { KubernetesServiceOptions } from "./kubernetes-service-options.js";
import { LivingServers } from "./living-servers.js";
import { leaseName, type ServerPlace } from "./server-place.js";
import { isOwnSlice, NAMESPACE, wantedEndpoints, wantedService, wantedSlices } from "./wanted-objects.js";

const INTERVAL = 10_000;
/** How long a server that stops tries to take itself away. */
const FAREWELL = 2 * INTERVAL;
const FIELD_MANAGER = "kubernetes-service";

const SERVICES: ResourceReference = { group: "", resource: "services" };
const ENDPOINTS: ResourceReference = { group: "", resource: "endpoints" };
const SLICES: ResourceReference = { group: "discovery.k8s.io", resource: "endpointslices" };
const LEASES: ResourceReference = { group: INTERNAL_GROUP, resource: "apiserverleases" };

/**
 * Keeps the Service `kubernetes`, and its endpoints what servers are alive, this one among them. Upstream's kubernetesservice
 * controller with its lease reconciler.
 */
@Injectable()
export class KubernetesService implements Controller {
  readonly everyServer = true;
  readonly #work = new RepeatedWork(INTERVAL, (signal) => this.#publish(signal));
  readonly #living = new LivingServers();
  #renewals = 0;
  #published: ServerPlace | undefined;
  #told = false;

  constructor(
    private readonly options: KubernetesServiceOptions,
    private readonly services: Services,
    private readonly served: ServedResources,
    private readonly listers: Listers,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {
    advertisedAddress(options.advertiseAddress, "", []);
  }

  start(): void {
    this.#work.start();
  }

  /** Takes this server out of the endpoints. */
  async stop(): Promise<void> {
    await this.#work.stop();
    const place = this.#published;
    this.#published = undefined;
    if (place === undefined) return;
    const signal = AbortSignal.timeout(FAREWELL);
    try {
      await this.#leases(signal).delete({ name: leaseName(place) });
      await this.#reconcile(
        this.#places().filter((one) => leaseName(one) !== leaseName(place)),
        signal,
      );
    } catch (error) {
      if (StatusError.is(error) && error.reason === "NotFound") return;
      this.logger.warn("the server could not be taken out of the endpoints", { error: String(error) });
    }
  }

  /** Says once that this server is alive, and what the endpoints are. */
  async #publish(signal: AbortSignal): Promise<void> {
    const network = this.services.find(ServiceNetwork);
    const address = this.services.find(ServerAddress);
    const first = network?.ranges[0];
    if (first === undefined || address === undefined || this.served.find(SERVICES) === undefined) return;
    const at = await untilAborted(address.listening(), signal);
    if (at === undefined) return;
    try {
      const service = wantedService(String(first.at(1n)), at.port);
      const made = await ensureObject(this.client.as(FIELD_MANAGER, signal).resource(SERVICES), service);
      if (made) this.logger.debug("made the service of the API", { clusterIP: String(first.at(1n)) });
      const place = this.#placeAt(at);
      if (place !== undefined) await this.#renew(place, signal);
      // Whoever has just renewed its lease is alive, whatever the cache says yet.
      const others = this.#places();
      await this.#reconcile(place === undefined ? others : [...others, place], signal);
    } catch (error) {
      if (!signal.aborted) this.logger.warn("the service of the API could not be kept", { error: String(error) });
    }
  }

  #placeAt({ bind, port }: ListeningAt): ServerPlace | undefined {
    const address = advertisedAddress(this.options.advertiseAddress, bind);
    if (address !== undefined) return { address, port };
    if (!this.#told) this.logger.info("the server is no endpoint: it has no address that others reach", { bind });
    this.#told = true;
    return undefined;
  }

  async #renew(place: ServerPlace, signal: AbortSignal): Promise<void> {
    // a write that changes nothing would not be stored, and the lease would end
    this.#renewals = Math.max(this.#renewals + 1, Math.floor(Date.now() / 1000));
    const spec = { ...place, renewals: this.#renewals };
    const metadata = { name: leaseName(place) };
    this.#published = place;
    await this.#leases(signal).update({
      apiVersion: `${INTERNAL_GROUP}/v1`,
      kind: "ApiServerLease",
      metadata,
      spec,
    });
  }

  #leases(signal: AbortSignal) {
    return this.client.as(FIELD_MANAGER, signal).resource(LEASES);
  }

  /** The servers that are alive as far as this one knows. */
  #places(): ServerPlace[] {
    return this.#living.of(this.listers.of(LEASES)?.list() ?? [], performance.now());
  }

  async #reconcile(places: readonly ServerPlace[], signal: AbortSignal): Promise<void> {
    const client = this.client.as(FIELD_MANAGER, signal);
    if (this.served.find(ENDPOINTS) !== undefined)
      await keepObject(client.resource(ENDPOINTS), wantedEndpoints(places));
    if (this.served.find(SLICES) === undefined) return;
    const slices = wantedSlices(places);
    for (const slice of slices) await keepObject(client.resource(SLICES), slice);
    const names = new Set(slices.map(({ metadata }) => metadata.name));
    for (const { metadata } of this.listers.of(SLICES)?.list(NAMESPACE) ?? []) {
      const { name = "" } = metadata;
      if (isOwnSlice(name) && !names.has(name)) await client.resource(SLICES).delete({ name, namespace: NAMESPACE });
    }
  }
}

/** What a promise gives, or undefined once the signal is aborted. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  return new Promise((resolve, reject) => {
    const aborted = (): void => resolve(undefined);
    signal.addEventListener("abort", aborted, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", aborted));
  });
}
