import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const BINARY = fileURLToPath(new URL("../bin/quarterdeck.js", import.meta.url));

/** What a run of the binary left behind. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with files, as a person would have it; removed by `dispose`. */
export class Workspace {
  private constructor(readonly directory: string) {}

  static async create(files: { readonly [path: string]: string }): Promise<Workspace> {
    const workspace = new Workspace(await mkdtemp(join(tmpdir(), "quarterdeck-cli-")));
    for (const [path, text] of Object.entries(files)) {
      const file = join(workspace.directory, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return workspace;
  }

  /** Runs the binary here to its end. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const child = spawn(process.execPath, [BINARY, ...args], {
      cwd: this.directory,
      env: { ...cleanEnvironment(), ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, stdout, stderr }));
    });
  }

  dispose(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}

/** The environment without what would change a run. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("QUARTERDECK_") && name !== "NODE_OPTIONS",
  );
  return Object.fromEntries(entries);
}

/** A server that runs as a process of its own. */
export class ServerProcess {
  /** All that was written to standard output so far. */
  output = "";
  readonly exited: Promise<{ readonly code: number | null }>;
  readonly #child: ReturnType<typeof spawn>;
  readonly #waiting = new Set<() => void>();

  constructor(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [BINARY, "serve", "--port", "0", ...args], {
      cwd,
      env: { ...cleanEnvironment(), ...env },
    });
    const read = (chunk: unknown): void => {
      this.output += String(chunk);
      for (const check of this.#waiting) check();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    this.exited = new Promise((resolve) => child.on("close", (code) => resolve({ code })));
    this.#child = child;
  }

  /** Resolves when the output matches; rejects when the process ends before. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    let check: () => void = () => undefined;
    const found = new Promise<RegExpExecArray>((resolve) => {
      check = () => {
        const match = pattern.exec(this.output);
        if (match !== null) resolve(match);
      };
    });
    this.#waiting.add(check);
    check();
    const ended = this.exited.then(() => {
      throw new Error(`the server ended before it said ${String(pattern)}:\n${this.output}`);
    });
    try {
      return await Promise.race([found, ended]);
    } finally {
      this.#waiting.delete(check);
      ended.catch(() => undefined);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends it at once, whatever it does. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.exited;
  }
}
