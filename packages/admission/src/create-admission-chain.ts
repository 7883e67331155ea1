import { reasonOf, StatusError } from "@quarterdeck/meta";
import type { Admission, AdmissionAttributes, AdmissionOperation, AdmissionVerdict } from "@quarterdeck/sdk";
import { isDenial, refusedName } from "@quarterdeck/sdk";
import type { AdmissionChain } from "./admission-chain.js";

/** The two passes of admission. */
export type AdmissionPhase = "mutate" | "validate";

/** A plugin under the name that the config gives it. */
export interface NamedAdmission {
  readonly name: string;
  readonly plugin: Admission;
}

/** What the chain tells about its work; both may be left out. */
export interface AdmissionChainHooks {
  /** Once per plugin, phase and request, for metrics; the time is the plugin's own. */
  observe?(
    name: string,
    phase: AdmissionPhase,
    operation: AdmissionOperation,
    rejected: boolean,
    milliseconds: number,
  ): void;
  /** An error that is not a StatusError: the client is told only its message. */
  failed?(name: string, phase: AdmissionPhase, error: unknown): void;
}

type Review = (attributes: AdmissionAttributes) => AdmissionVerdict | Promise<AdmissionVerdict>;

/** One plugin's method in one phase. */
interface Step {
  readonly name: string;
  readonly phase: AdmissionPhase;
  readonly operation: AdmissionOperation;
  readonly review: Review;
}

const OPERATIONS: readonly AdmissionOperation[] = ["CREATE", "UPDATE", "DELETE", "CONNECT"];

type StepTable = Readonly<Record<AdmissionOperation, readonly Step[]>>;

function stepTable(plugins: readonly NamedAdmission[], phase: AdmissionPhase): StepTable {
  const table: Record<AdmissionOperation, Step[]> = { CREATE: [], UPDATE: [], DELETE: [], CONNECT: [] };
  for (const { name, plugin } of plugins) {
    const method = plugin[phase];
    if (method === undefined) continue;
    const review: Review = (attributes) => method.call(plugin, attributes);
    for (const operation of OPERATIONS) {
      if (plugin.handles?.(operation) ?? true) table[operation].push({ name, phase, operation, review });
    }
  }
  return table;
}

/** True for a promise of any realm or library. */
function isPending(verdict: AdmissionVerdict | Promise<AdmissionVerdict>): verdict is Promise<AdmissionVerdict> {
  return typeof verdict === "object" && verdict !== null && "then" in verdict;
}

/** Runs one plugin; the error that it throws is the one that the client gets. */
class StepRunner {
  constructor(private readonly hooks: AdmissionChainHooks) {}

  run(step: Step, attributes: AdmissionAttributes): Promise<void> | void {
    const started = this.hooks.observe === undefined ? 0 : performance.now();
    try {
      const verdict = step.review(attributes);
      if (isPending(verdict)) return this.settle(step, attributes, started, verdict);
      this.conclude(step, attributes, started, verdict);
    } catch (error) {
      throw this.failure(step, started, error);
    }
  }

  private async settle(
    step: Step,
    attributes: AdmissionAttributes,
    started: number,
    pending: Promise<AdmissionVerdict>,
  ): Promise<void> {
    try {
      this.conclude(step, attributes, started, await pending);
    } catch (error) {
      throw this.failure(step, started, error);
    }
  }

  private conclude(step: Step, attributes: AdmissionAttributes, started: number, verdict: AdmissionVerdict): void {
    if (isDenial(verdict)) {
      const { group, resource } = attributes.resource;
      throw StatusError.forbidden({ group, resource }, refusedName(attributes), verdict.reason);
    }
    this.hooks.observe?.(step.name, step.phase, step.operation, false, performance.now() - started);
  }

  private failure(step: Step, started: number, error: unknown): StatusError {
    this.hooks.observe?.(step.name, step.phase, step.operation, true, performance.now() - started);
    if (StatusError.is(error)) return error;
    this.hooks.failed?.(step.name, step.phase, error);
    const message = reasonOf(error);
    return StatusError.internal(new Error(`admission plugin "${step.name}" failed: ${message}`, { cause: error }));
  }
}

/** Continues after the first plugin that answered with a promise. */
async function runRest(
  runner: StepRunner,
  steps: readonly Step[],
  next: number,
  attributes: AdmissionAttributes,
  pending: Promise<void>,
): Promise<void> {
  await pending;
  for (const step of steps.slice(next)) await runner.run(step, attributes);
}

function runAll(runner: StepRunner, steps: readonly Step[], attributes: AdmissionAttributes): Promise<void> | void {
  for (const [index, step] of steps.entries()) {
    const pending = runner.run(step, attributes);
    if (pending !== undefined) return runRest(runner, steps, index + 1, attributes, pending);
  }
}

/**
 * Makes the chain of the config's plugins: who runs for which operation is settled here, once. The chain answers
 * without a promise as long as the plugins do. A denial becomes 403 Forbidden, a thrown StatusError passes as it is,
 * any other error becomes a 500 InternalError that names the plugin.
 */
export function createAdmissionChain(
  plugins: readonly NamedAdmission[],
  hooks: AdmissionChainHooks = {},
): AdmissionChain {
  const runner = new StepRunner(hooks);
  const mutating = stepTable(plugins, "mutate");
  const validating = stepTable(plugins, "validate");
  return {
    plugins: plugins.map(({ name }) => name),
    mutates: (operation) => mutating[operation].length > 0,
    mutate: (attributes) => runAll(runner, mutating[attributes.operation], attributes),
    validate: (attributes) => runAll(runner, validating[attributes.operation], attributes),
  };
}
