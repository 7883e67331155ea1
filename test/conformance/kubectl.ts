import { execFile, spawn, spawnSync } from "node:child_process";

/** Why the tests with stock kubectl cannot run here; undefined when they can. */
export const kubectlMissing: string | undefined =
  spawnSync("kubectl", ["version", "--client"]).status === 0 ? undefined : "kubectl is not on PATH";

if (kubectlMissing !== undefined && process.env.QUARTERDECK_REQUIRE_TOOLS === "1") throw new Error(kubectlMissing);

/** What a command printed and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Stock kubectl with one kubeconfig, a cache of its own and maybe a namespace. */
export class Kubectl {
  constructor(
    private readonly kubeconfig: string,
    private readonly cache: string,
    private readonly namespace?: string,
  ) {}

  #arguments(command: string): string[] {
    const place = this.namespace === undefined ? [] : ["--namespace", this.namespace];
    return ["--kubeconfig", this.kubeconfig, "--cache-dir", this.cache, ...place, ...words(command)];
  }

  /** Runs a command line (words in single quotes stay together) and tells how it went. */
  try(command: string, input = "", environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const options = { timeout: 60_000, env: { ...process.env, ...environment } };
    return new Promise((resolve) => {
      const child = execFile("kubectl", this.#arguments(command), options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
      child.stdin?.end(input);
    });
  }

  /** Runs a command line that must succeed; the answer is what it printed. */
  async run(command: string, input = "", environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, stdout, stderr } = await this.try(command, input, environment);
    if (code !== 0) throw new Error(`kubectl ${command} ended with ${code}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs a command that must succeed and opens an editor: the expressions of sed that stand for the person at it. */
  edit(script: string, command: string): Promise<string> {
    return this.run(command, "", { KUBE_EDITOR: `sed -i -e '${script}'` });
  }

  /** Starts a command that goes on, such as a watch. */
  follow(command: string): { read(): string; until(text: string): Promise<void>; stop(): void } {
    const child = spawn("kubectl", this.#arguments(command));
    let output = "";
    let wake = () => {};
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      wake();
    });
    const until = (text: string) =>
      new Promise<void>((resolve, reject) => {
        wake = () => output.includes(text) && resolve();
        child.once("exit", () => reject(new Error(`kubectl ${command} ended before it printed ${text}:\n${output}`)));
        wake();
      });
    return { read: () => output, until, stop: () => child.kill() };
  }
}

/** The words of a command line; those in single quotes stay together. */
export function words(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
}
