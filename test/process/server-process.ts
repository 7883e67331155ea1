import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.js";
import { REPOSITORY_ROOT } from "./repository-root.js";

const BINARY = join(REPOSITORY_ROOT, "packages/cli/bin/quarterdeck.js");
const KEPT_OUTPUT = 1024 * 1024;

/** How a server process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built server binary in a process of its own, on a data folder of its own that outlives a kill. */
export class ServerProcess {
  #child: ChildProcess | undefined;
  #output = "";
  readonly #endWithUs = (): void => void this.#child?.kill("SIGKILL");

  private constructor(
    readonly port: number,
    readonly folder: string,
    private readonly config: string | undefined,
    private readonly environment: { readonly [name: string]: string },
  ) {
    process.once("exit", this.#endWithUs);
  }

  /** Starts with the repository's default config or with another config file, and with more environment variables. */
  static async start(config?: string, environment: { readonly [name: string]: string } = {}): Promise<ServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), "quarterdeck-process-"));
    const server = new ServerProcess(await freePort(), folder, config, environment);
    await server.restart();
    return server;
  }

  get kubeconfig(): string {
    return join(this.folder, "admin.kubeconfig");
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** False once the process has ended, by itself or by {@link end}. */
  get runs(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What the process has written to its two outputs, the last mebibyte of it. */
  get output(): string {
    return this.#output;
  }

  /** Starts the process again on the same port and folder; resolves when it has said that it is ready. */
  async restart(): Promise<void> {
    const { port, folder, config } = this;
    const files = [
      "--data",
      folder,
      "--kubeconfig",
      this.kubeconfig,
      ...(config === undefined ? [] : ["--config", config]),
    ];
    const child = spawn(process.execPath, [BINARY, "serve", "--port", String(port), ...files], {
      cwd: REPOSITORY_ROOT,
      env: { ...process.env, ...this.environment },
    });
    this.#child = child;
    this.#output = "";
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-KEPT_OUTPUT);
        if (/\bready\b/i.test(this.#output)) resolve();
      };
      child.stdout?.on("data", read);
      child.stderr?.on("data", read);
      child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${this.#output}`)));
    });
  }

  /** Sends a signal and waits for the end of the process. */
  async end(signal: NodeJS.Signals): Promise<Ending> {
    const child = this.#child;
    if (child === undefined) throw new Error("the server does not run");
    const ended = new Promise<Ending>((resolve) => child.once("exit", (code, by) => resolve({ code, signal: by })));
    child.kill(signal);
    return ended;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Ends the process if it still runs and removes its folder. */
  async dispose(): Promise<void> {
    process.off("exit", this.#endWithUs);
    if (this.runs) await this.end("SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }
}
