import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Credentials, readKubeconfig } from "./credentials.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const BINARY = join(ROOT, "packages/cli/bin/quarterdeck.js");

/** A server process under measurement. */
export interface Subject {
  readonly name: string;
  readonly pid: number;
  readonly credentials: Credentials;
  /** Milliseconds from exec to the first answer of `/readyz`. */
  readonly readyMilliseconds: number;
  /** Ends the server; its data folder goes with it unless it is to be kept. */
  stop(keep?: boolean): Promise<void>;
}

/** Flags of Node for the measured processes, such as `--cpu-prof --cpu-prof-dir=/tmp/profiles`. */
const NODE_FLAGS = (process.env.QUARTERDECK_BENCH_NODE_FLAGS ?? "").split(" ").filter((flag) => flag !== "");

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A failed measurement must not leave its servers behind. */
function endWithUs(child: ChildProcess): void {
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
}

function answers(url: string, ca: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(url, { ...(ca === undefined ? { rejectUnauthorized: false } : { ca }) });
    const done = (result: boolean) => {
      session.destroy();
      resolve(result);
    };
    session.on("error", () => done(false));
    const stream = session.request({ ":path": "/readyz" });
    stream.on("response", (headers) => done(headers[":status"] === 200));
    stream.on("error", () => done(false));
    stream.end();
  });
}

async function untilReady(child: ChildProcess, port: number, started: number): Promise<number> {
  while (child.exitCode === null) {
    if (await answers(`https://127.0.0.1:${port}`, undefined)) return performance.now() - started;
    await sleep(3);
  }
  throw new Error(`the server ended with ${child.exitCode} before it was ready`);
}

async function stopped(child: ChildProcess, folder: string | undefined): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

let nextPort = 21_000 + (process.pid % 2000) * 4;

/** How a Quarterdeck is started that is not the default one on a fresh folder. */
export interface QuarterdeckOptions {
  /** A data folder that is there already, and stays. */
  readonly folder?: string;
  /** Another config file than that of the repository. */
  readonly config?: string;
  /** Flags of Node for this process alone. */
  readonly flags?: readonly string[];
}

/** A server of ours. */
export interface Quarterdeck extends Subject {
  readonly folder: string;
  readonly child: ChildProcess;
}

/** Starts Quarterdeck, by default with the config of the repository on a fresh data folder. */
export async function startQuarterdeck(options: QuarterdeckOptions = {}): Promise<Quarterdeck> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "quarterdeck-bench-"));
  const kubeconfig = join(folder, "admin.kubeconfig");
  nextPort += 1;
  const port = nextPort;
  const serve = ["serve", "--port", String(port), "--data", folder, "--kubeconfig", kubeconfig];
  if (options.config !== undefined) serve.push("--config", options.config);
  const started = performance.now();
  const child = spawn(process.execPath, [...NODE_FLAGS, ...(options.flags ?? []), BINARY, ...serve], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit", ...(options.flags === undefined ? [] : ["ipc" as const])],
  });
  endWithUs(child);
  const readyMilliseconds = await untilReady(child, port, started);
  if (child.pid === undefined || !existsSync(kubeconfig)) throw new Error("the server did not start");
  const credentials = readKubeconfig(kubeconfig);
  const stop = (keep = options.folder !== undefined) => stopped(child, keep ? undefined : folder);
  return { name: "quarterdeck", pid: child.pid, credentials, readyMilliseconds, folder, child, stop };
}

/** Starts the bare TLS server of `bare-server.ts` with the certificate in a data folder. */
export async function startBare(certificates: string): Promise<Omit<Subject, "credentials">> {
  nextPort += 1;
  const port = nextPort;
  const started = performance.now();
  const script = fileURLToPath(new URL("./bare-server.js", import.meta.url));
  const child = spawn(process.execPath, [script, String(port), certificates], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  endWithUs(child);
  const readyMilliseconds = await untilReady(child, port, started);
  if (child.pid === undefined) throw new Error("the bare server did not start");
  return { name: "bare", pid: child.pid, readyMilliseconds, stop: () => stopped(child, undefined) };
}

/** Starts the raw server of `floor-server.ts` with the certificate of a Quarterdeck server. */
export async function startFloor(credentials: Credentials, certificates: string): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), "floor-bench-"));
  nextPort += 1;
  const port = nextPort;
  const started = performance.now();
  const script = fileURLToPath(new URL("./floor-server.js", import.meta.url));
  const child = spawn(process.execPath, [...NODE_FLAGS, script, String(port), certificates, folder], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  endWithUs(child);
  const readyMilliseconds = await untilReady(child, port, started);
  if (child.pid === undefined) throw new Error("the floor did not start");
  const own = { ...credentials, server: `https://127.0.0.1:${port}` };
  return { name: "floor", pid: child.pid, credentials: own, readyMilliseconds, stop: () => stopped(child, folder) };
}
