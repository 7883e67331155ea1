import {
  Client,
  type Controller,
  Injectable,
  Listers,
  Logger,
  RepeatedWork,
  ServedResources,
  Services,
} from "@quarterdeck/sdk";
import { SERVICE_CIDRS, ServiceNetwork } from "@quarterdeck/service-network";
import { Findings } from "./finding.js";
import { Repair } from "./repair.js";
import { ServiceCidrs } from "./service-cidrs.js";

const INTERVAL = 180_000;

/** Keeps the ranges of services, and repairs what they have taken of them. */
@Injectable()
export class ServiceAllocation implements Controller {
  readonly #repairs = new RepeatedWork(INTERVAL, (signal) => this.#repair(signal));
  readonly #findings: Findings;
  #cidrs: ServiceCidrs | undefined;

  constructor(
    private readonly services: Services,
    private readonly listers: Listers,
    private readonly client: Client,
    private readonly logger: Logger,
    served: ServedResources,
  ) {
    this.#findings = new Findings(served, client, logger);
  }

  start(): void {
    const network = this.services.find(ServiceNetwork);
    if (network === undefined) return;
    this.#cidrs ??= this.#made(network);
    this.#cidrs?.start();
    this.#repairs.start();
  }

  async stop(): Promise<void> {
    await this.#repairs.stop();
    await this.#cidrs?.stop();
  }

  #made(network: ServiceNetwork): ServiceCidrs | undefined {
    const lister = this.listers.of(SERVICE_CIDRS);
    if (lister === undefined) return undefined;
    const client = this.client.as("service-cidr-controller");
    return new ServiceCidrs({
      configured: network.ranges,
      lister,
      ledger: network.ips.ledger,
      client,
      logger: this.logger,
    });
  }

  async #repair(signal: AbortSignal): Promise<void> {
    const network = this.services.find(ServiceNetwork);
    const services = this.listers.of({ group: "", resource: "services" });
    if (network === undefined || services === undefined) return;
    try {
      await new Repair(network, services, (finding, reporter) => this.#findings.report(finding, reporter)).run(signal);
    } catch (error) {
      if (!signal.aborted) this.logger.warn("what services hold could not be repaired", { error: String(error) });
    }
  }
}
