import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile, rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { etcdBinary } from "./etcd-binary.js";

const START_SECONDS = 30;

const running = new Set<ChildProcess>();

process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

async function threadStates(pid: number): Promise<readonly (string | undefined)[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch((): string[] => []);
  const stats = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/stat`, "utf8").catch(() => ") T"));
  return (await Promise.all(stats)).map((stat) => /\) (.)/.exec(stat)?.[1]);
}

/** What one member is started from. */
export interface EtcdProcessOptions {
  readonly arguments: readonly string[];
  readonly dataDir: string;
  readonly endpoint: string;
  /** Plain HTTP, for asking whether it is healthy. */
  readonly healthUrl: string;
}

/** One real etcd process. It ends with this process at the latest, whatever ends that. */
export class EtcdProcess {
  #child: ChildProcess | undefined;
  #guard: ChildProcess | undefined;
  #output = "";

  constructor(private readonly options: EtcdProcessOptions) {}

  /** `http://127.0.0.1:port`, or https with TLS; it stays the same through restarts. */
  get endpoint(): string {
    return this.options.endpoint;
  }

  /** The process id; undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What it logged since the last start. */
  get output(): string {
    return this.#output;
  }

  /** Starts the process without waiting for it to be healthy. */
  launch(): void {
    if (this.#child !== undefined) throw new Error(`etcd at ${this.endpoint} runs already`);
    this.#output = "";
    const { dataDir } = this.options;
    const child = spawn(etcdBinary, ["--data-dir", dataDir, ...this.options.arguments], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.on("data", (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-20_000);
    });
    // The guard reads a pipe that only this process holds: when this process dies, however, it kills etcd.
    const guard = spawn("/bin/sh", ["-c", `read -r _; kill -9 ${child.pid}`], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    guard.on("error", () => {});
    guard.unref();
    running.add(child);
    child.once("exit", () => {
      running.delete(child);
      guard.kill("SIGKILL");
      if (this.#child === child) this.#child = undefined;
    });
    this.#child = child;
    this.#guard = guard;
  }

  /** Resolves once the member takes part in a cluster with a leader. */
  async healthy(): Promise<void> {
    const deadline = Date.now() + START_SECONDS * 1000;
    while (Date.now() < deadline) {
      if (this.#child === undefined) throw new Error(`etcd at ${this.endpoint} ended at its start: ${this.#output}`);
      const answer = await fetch(this.options.healthUrl, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
      const text = await answer?.text().catch(() => "");
      if (answer?.status === 200 && text?.includes('"true"')) return;
      await pause(20);
    }
    throw new Error(`etcd at ${this.endpoint} was not healthy within ${START_SECONDS} s: ${this.#output}`);
  }

  /** SIGKILL: what is not on disk is lost. Resolves when the process is gone. */
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  /** SIGTERM, an orderly end. */
  end(): Promise<void> {
    return this.#end("SIGTERM");
  }

  /** SIGSTOP: connections stay open and nothing answers. Resolves when all of its threads stand still. */
  async pause(): Promise<void> {
    const { pid } = this;
    this.#child?.kill("SIGSTOP");
    // Where there is no /proc the signal is believed.
    while (pid !== undefined && (await threadStates(pid)).some((state) => state !== "T")) await pause(1);
  }

  /** SIGCONT. */
  resume(): void {
    this.#child?.kill("SIGCONT");
  }

  /** Ends the process when it runs and starts it at the same address, on the same data or, with `empty`, on none. */
  async restart({ empty = false }: { readonly empty?: boolean } = {}): Promise<void> {
    await this.kill();
    if (empty) await rm(this.options.dataDir, { recursive: true, force: true });
    this.launch();
    await this.healthy();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    // A stopped process takes no other signal but SIGKILL.
    if (signal !== "SIGKILL") child.kill("SIGCONT");
    child.kill(signal);
    await gone;
    this.#guard?.kill("SIGKILL");
  }
}
