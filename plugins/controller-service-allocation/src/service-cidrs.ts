import { IpAddress, type IpRange, type KubeObject, StatusError } from "@quarterdeck/meta";
import { backoff, type Client, type Lister, type Logger, WorkQueue } from "@quarterdeck/sdk";
import { type Ledger, SERVICE_CIDRS } from "@quarterdeck/service-network";
import {
  cidrsOf,
  DEFAULT_NAME,
  FINALIZER,
  READY,
  type Readiness,
  rangesOf,
  TERMINATING,
  withReadiness,
} from "./service-cidr.js";

const SECOND = 1000;
/** How long a deleted range stays, so that every server has heard of it before it goes; upstream's figure. */
const GRACE = 10 * SECOND;

/** What the ranges are kept with. */
export interface ServiceCidrsParts {
  readonly configured: readonly IpRange[];
  readonly lister: Lister;
  readonly ledger: Ledger;
  readonly client: Client;
  readonly logger: Logger;
}

/** Keeps the ServiceCIDR of the config, and the conditions and finalizers of all of them. */
export class ServiceCidrs {
  readonly #queue: WorkQueue;
  readonly #observed: (() => void)[] = [];
  #mismatch = false;

  constructor(private readonly parts: ServiceCidrsParts) {
    const { logger } = parts;
    this.#queue = new WorkQueue({
      handle: (name) => this.#handle(name),
      failed: (serviceCidr, error) =>
        logger.warn("a ServiceCIDR could not be kept", { serviceCidr, error: String(error) }),
      delay: backoff(SECOND, 60 * SECOND),
    });
  }

  start(): void {
    const { lister, ledger } = this.parts;
    this.#queue.start();
    this.#observed.push(lister.observe(({ object }) => this.#queue.add(object.metadata.name ?? "")));
    const addresses = ledger.lister?.observe(({ type }) => {
      if (type !== "DELETED") return;
      for (const { metadata } of lister.list())
        if (metadata.deletionTimestamp !== undefined) this.#queue.add(metadata.name ?? "");
    });
    if (addresses !== undefined) this.#observed.push(addresses);
    this.#queue.add(DEFAULT_NAME);
  }

  async stop(): Promise<void> {
    for (const end of this.#observed.splice(0)) end();
    await this.#queue.stop();
  }

  async #handle(name: string): Promise<boolean> {
    const object = await this.parts.lister.getFresh(name);
    if (object === undefined) {
      if (name === DEFAULT_NAME) await this.#create();
      return true;
    }
    if (object.metadata.deletionTimestamp !== undefined) return this.#end(object);
    if (name === DEFAULT_NAME && (await this.#compare(object))) return false;
    const finalizers = object.metadata.finalizers ?? [];
    if (finalizers.includes(FINALIZER)) await this.#say(object, READY);
    else
      await this.#client.update({
        ...object,
        metadata: { ...object.metadata, finalizers: [...finalizers, FINALIZER] },
      });
    return true;
  }

  async #create(): Promise<void> {
    const cidrs = this.parts.configured.map(String);
    const body = { apiVersion: "networking.k8s.io/v1", kind: "ServiceCIDR", metadata: { name: DEFAULT_NAME } };
    try {
      await this.#client.create({ ...body, spec: { cidrs } });
      this.parts.logger.debug("made the default ServiceCIDR", { cidrs });
    } catch (error) {
      if (!StatusError.is(error) || error.reason !== "AlreadyExists") throw error;
    }
  }

  /** True when the one of the config has been given its second family. */
  async #compare(object: KubeObject): Promise<boolean> {
    const [now, wanted] = [cidrsOf(object), this.parts.configured.map(String)];
    if (now.join() === wanted.join()) return false;
    if (now.length === 1 && wanted.length === 2 && now[0] === wanted[0]) {
      await this.#client.update({ ...object, spec: { cidrs: wanted } });
      return true;
    }
    if (!this.#mismatch) this.parts.logger.warn("the default ServiceCIDR is not what the config says", { now, wanted });
    this.#mismatch = true;
    return false;
  }

  async #end(object: KubeObject): Promise<boolean> {
    const { name = "", deletionTimestamp = "", finalizers = [] } = object.metadata;
    if (!finalizers.includes(FINALIZER)) return true;
    if (this.#isNeeded(object)) {
      await this.#say(object, TERMINATING);
      return true;
    }
    const left = Date.parse(deletionTimestamp) + GRACE - Date.now();
    if (left > 0) {
      this.#queue.addAfter(name, left);
      return true;
    }
    const others = finalizers.filter((one) => one !== FINALIZER);
    await this.#client.update({ ...object, metadata: { ...object.metadata, finalizers: others } });
    return true;
  }

  /** Whether an address would be left that is in no other range. */
  #isNeeded(object: KubeObject): boolean {
    const others = this.parts.lister
      .list()
      .filter(({ metadata }) => metadata.name !== object.metadata.name)
      .flatMap(rangesOf);
    const mine = rangesOf(object);
    const covers = (wide: IpRange, range: IpRange) => wide.overlaps(range) && wide.prefixLength <= range.prefixLength;
    if (mine.every((range) => others.some((other) => covers(other, range)))) return false;
    return this.parts.ledger.list().some(({ metadata }) => {
      const address = IpAddress.parse(metadata.name ?? "");
      if (address === undefined || !mine.some((range) => range.has(address))) return false;
      return !others.some((range) => range.has(address));
    });
  }

  async #say(object: KubeObject, ready: Readiness): Promise<void> {
    const changed = withReadiness(object, ready, new Date());
    if (changed !== undefined) await this.#client.updateStatus(changed);
  }

  get #client() {
    return this.parts.client.resource(SERVICE_CIDRS);
  }
}
