import type { Controller, Lifecycle, Logger } from "@quarterdeck/sdk";
import type { ElectionTiming } from "./election-timing.js";
import type { HeldLease } from "./held-lease.js";
import { LinkedAbort } from "./linked-abort.js";
import { pause } from "./pause.js";

/** How much longer than the retry period candidates wait by chance, so that they do not come all at once; as client-go. */
const JITTER = 1.2;

/**
 * Gives a controller its terms: one begins when the server gets the controller's lease and ends when it cannot renew it in
 * time, finds it in other hands, or stops. The lease is given up only when the term has ended, and campaigned for again.
 */
export class ElectedController implements Lifecycle {
  readonly #stopped = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly controller: Controller,
    private readonly lease: HeldLease,
    private readonly timing: ElectionTiming,
    private readonly logger: Logger,
  ) {}

  /** Resolves after the first attempt at the lease, and when the first term has begun if that brought one. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#running = this.#run(resolve);
    });
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(tried: () => void): Promise<void> {
    const { signal } = this.#stopped;
    const { name } = this.lease;
    while (!signal.aborted) {
      const begun = await this.#acquire(signal, tried);
      if (begun === undefined) break;
      this.logger.info("the lease of a controller was taken", { controller: name });
      await this.#term(begun, tried);
    }
    tried();
  }

  /** When the attempt began that brought the lease; undefined when the server stops first. */
  async #acquire(signal: AbortSignal, tried: () => void): Promise<number | undefined> {
    const { retryPeriod, renewDeadline } = this.timing;
    let holder: string | undefined;
    while (!signal.aborted) {
      const begun = performance.now();
      if ((await this.#attempt(signal, renewDeadline / 2)) === "held") return begun;
      if (holder !== this.lease.holder) {
        holder = this.lease.holder;
        this.logger.info("a controller waits for its lease", { controller: this.lease.name, holder });
      }
      tried();
      await pause(retryPeriod * (1 + Math.random() * JITTER), signal);
    }
    return undefined;
  }

  /** One term: from the start of the controller to the end of everything that it does. */
  async #term(begun: number, tried: () => void): Promise<void> {
    const end = new LinkedAbort(this.#stopped.signal);
    let failed = false;
    const held = this.#hold(begun, end.signal);
    const starting = this.#begin().then((started) => {
      failed = !started;
      if (failed) end.abort();
      tried();
    });
    const lost = await held;
    end.unlink();
    await this.#end();
    await starting;
    // What the start did after the first stop.
    await this.#end();
    if (lost) this.logger.warn("a controller has lost its lease", { controller: this.lease.name });
    else await this.#release();
    if (failed) await pause(this.timing.retryPeriod, this.#stopped.signal);
  }

  /** Renews the lease until the signal is aborted, answers false then; true when the lease is lost. */
  async #hold(begun: number, signal: AbortSignal): Promise<boolean> {
    const { retryPeriod, renewDeadline } = this.timing;
    // By what others see of the lease: from when the last renewal was sent, not from when it was answered.
    let end = begun + retryPeriod + renewDeadline;
    for (;;) {
      await pause(Math.min(retryPeriod, end - performance.now()), signal);
      const now = performance.now();
      if (signal.aborted) return false;
      if (now >= end) return true;
      const outcome = await this.#attempt(signal, Math.min(end - now, renewDeadline / 2));
      if (outcome === "taken") return true;
      if (outcome === "held") end = now + retryPeriod + renewDeadline;
    }
  }

  /** An attempt that fails when it takes longer than so many milliseconds, or is not wanted any more. */
  async #attempt(signal: AbortSignal, milliseconds: number): ReturnType<HeldLease["attempt"]> {
    const over = new LinkedAbort(signal);
    const late = pause(milliseconds, over.signal).then(() => "failed" as const);
    const outcome = await Promise.race([this.lease.attempt(over.signal), late]);
    over.abort();
    return outcome;
  }

  /** A store that does not answer must not keep the server from stopping. */
  async #release(): Promise<void> {
    const over = new AbortController();
    await Promise.race([this.lease.release(over.signal), pause(this.timing.renewDeadline, over.signal)]);
    over.abort();
  }

  async #begin(): Promise<boolean> {
    try {
      await this.controller.start({ shared: true });
      return true;
    } catch (error) {
      this.logger.error("a controller could not start", { controller: this.lease.name, error });
      return false;
    }
  }

  async #end(): Promise<void> {
    try {
      await this.controller.stop();
    } catch (error) {
      this.logger.error("a controller did not stop cleanly", { controller: this.lease.name, error });
    }
  }
}
