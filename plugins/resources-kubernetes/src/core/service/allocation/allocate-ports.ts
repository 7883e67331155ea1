import { FieldErrors, StatusError } from "@quarterdeck/meta";
import { AllocationError } from "@quarterdeck/service-network";
import type { ServicePort, ServiceSpec } from "../../../types/core-v1.js";
import { allocatesNodePorts, hasNodePorts, needsHealthCheckPort, nodePortsOf } from "../service-traits.js";
import type { AllocatingWrite } from "./allocate-ips.js";

/** The port before the first that a dry run invents. */
const DRY_RUN_LAST = 32_768;

/** The ports that one write takes; a dry run only says what it would take. */
class PortTaker {
  readonly #mine: number[] = [];

  constructor(private readonly write: AllocatingWrite) {}

  async take(port: number): Promise<void> {
    const { network, owner, dryRun, takings } = this.write;
    if (dryRun) {
      if (this.#mine.includes(port)) throw new AllocationError("provided port is already allocated");
      network.ports.check(port);
    } else {
      await network.ports.take(port, owner);
      takings.taken(() => network.ports.release(port, owner));
    }
    this.#mine.push(port);
  }

  async takeNext(): Promise<number> {
    const { network, owner, dryRun, takings } = this.write;
    // no promise: another write may take it before the one that is meant
    const port = dryRun ? this.#invented() : await network.ports.takeNext(owner);
    if (!dryRun) takings.taken(() => network.ports.release(port, owner));
    this.#mine.push(port);
    return port;
  }

  #invented(): number {
    return 1 + (this.#mine.length === 0 ? DRY_RUN_LAST : Math.max(0, ...this.#mine));
  }

  release(port: number): void {
    const { network, owner, dryRun, takings } = this.write;
    if (!dryRun) takings.needless(() => network.ports.release(port, owner));
  }

  /** Takes the port that a service asks for in `spec.ports[index]`; throws 422 Invalid when that cannot be. */
  async takeFor(index: number, port: number): Promise<void> {
    try {
      await this.take(port);
    } catch (error) {
      if (!(error instanceof AllocationError)) throw error;
      const errors = new FieldErrors();
      errors.invalid(`spec.ports[${index}].nodePort`, port, error.message);
      throw StatusError.invalid({ group: "", kind: "Service" }, this.write.owner.name, errors.list);
    }
  }

  /** Takes any port; throws 500 when none is left. */
  async takeAny(): Promise<number> {
    try {
      return await this.takeNext();
    } catch (error) {
      if (!(error instanceof AllocationError)) throw error;
      throw StatusError.internal(`failed to allocate a nodePort: ${error.message}`);
    }
  }
}

/** Ports of one number and several protocols share one on the nodes; upstream's `initNodePorts`. */
async function takeForNew(spec: ServiceSpec, taker: PortTaker): Promise<void> {
  const ports = spec.ports ?? [];
  const byPort = new Map<number, number>();
  const wanted = (port: number) => ports.find((one) => one.port === port && (one.nodePort ?? 0) !== 0)?.nodePort;
  const settle = (one: ServicePort, nodePort: number) => {
    one.nodePort = nodePort;
    byPort.set(one.port, nodePort);
  };
  for (const [index, one] of ports.entries()) {
    const { nodePort = 0 } = one;
    if (nodePort === 0 && !allocatesNodePorts(spec)) continue;
    const shared = byPort.get(one.port);
    if (shared === undefined) {
      const named = wanted(one.port);
      if (named !== undefined) await taker.takeFor(index, named);
      settle(one, named ?? (await taker.takeAny()));
    } else if (nodePort === 0) one.nodePort = shared;
    else if (nodePort !== shared) await taker.takeFor(index, nodePort);
  }
}

/** Upstream's `updateNodePorts`. */
async function takeForUpdate(spec: ServiceSpec, old: ServiceSpec, taker: PortTaker): Promise<void> {
  const held = new Set(nodePortsOf(old));
  const known = new Set(held);
  const pairs = new Set<string>();
  for (const [index, one] of (spec.ports ?? []).entries()) {
    const { nodePort = 0, protocol = "" } = one;
    if (nodePort === 0 && !allocatesNodePorts(spec)) continue;
    if (nodePort === 0) one.nodePort = await taker.takeAny();
    else if (!known.has(nodePort)) await taker.takeFor(index, nodePort);
    const port = one.nodePort ?? 0;
    known.add(port);
    const pair = `${protocol} ${port}`;
    if (pairs.has(pair)) throw StatusError.of(500, undefined, `duplicate nodePort: {${pair}}`);
    pairs.add(pair);
  }
  const now = new Set(nodePortsOf(spec));
  for (const port of held) if (!now.has(port)) taker.release(port);
}

async function takeHealthCheckPort(spec: ServiceSpec, taker: PortTaker): Promise<void> {
  const { healthCheckNodePort: wanted = 0 } = spec;
  try {
    if (wanted === 0) spec.healthCheckNodePort = await taker.takeNext();
    else await taker.take(wanted);
  } catch (error) {
    if (!(error instanceof AllocationError)) throw error;
    throw StatusError.internal(
      wanted === 0
        ? `failed to allocate a HealthCheck NodePort 0: ${error.message}`
        : `failed to allocate requested HealthCheck NodePort ${wanted}: ${error.message}`,
    );
  }
}

/**
 * Takes the ports on the nodes that a service needs, that for health checks among them, and gives back those that it needs
 * no more. Throws 422 Invalid for a port that cannot be had, 500 when none is left.
 */
export async function allocatePorts(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  write: AllocatingWrite,
): Promise<void> {
  const taker = new PortTaker(write);
  if (old !== undefined && hasNodePorts(old) && !hasNodePorts(spec))
    for (const port of new Set(nodePortsOf(old))) taker.release(port);
  if (hasNodePorts(spec)) await (old === undefined ? takeForNew(spec, taker) : takeForUpdate(spec, old, taker));
  const held = old !== undefined && needsHealthCheckPort(old) ? (old.healthCheckNodePort ?? 0) : 0;
  if (needsHealthCheckPort(spec)) {
    if (old === undefined || !needsHealthCheckPort(old)) await takeHealthCheckPort(spec, taker);
  } else if (held !== 0) taker.release(held);
}
