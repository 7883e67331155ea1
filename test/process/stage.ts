import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Etcd, startEtcd } from "@quarterdeck/testing/etcd";
import { ApiClient } from "./api-client.js";
import { NAMESPACE } from "./collection.js";
import { FaultyLink } from "./faulty-link.js";
import { readKubeconfig } from "./kubeconfig.js";
import { REPOSITORY_ROOT } from "./repository-root.js";
import { ServerProcess } from "./server-process.js";

const PRELOAD = pathToFileURL(join(REPOSITORY_ROOT, "test/dist/process/shift-clock.js")).href;

/** A server and what can be done to it. */
export interface StagedServer {
  readonly process: ServerProcess;
  /** The file that its clock is moved by, when the stage has such clocks. */
  readonly clock: string;
  /** Its connections to the members of the etcd. */
  readonly links: readonly FaultyLink[];
}

/** Which processes to start. */
export interface StageOptions {
  readonly storage: "level" | "etcd3";
  readonly servers: number;
  /** Members of the etcd, when the storage is one; 1 without it. */
  readonly members?: number;
  /** Whether the clocks of the servers can be moved; needs the compiled programs (`tsconfig.programs.json`). */
  readonly clocks?: boolean;
  /** More options of the storage plugin. */
  readonly options?: { readonly [name: string]: unknown };
}

/** Server processes on one storage, with an etcd when it is one, and an empty namespace to work in. */
export class Stage {
  readonly #folder: string;

  private constructor(
    folder: string,
    readonly servers: readonly StagedServer[],
    readonly etcd: Etcd | undefined,
  ) {
    this.#folder = folder;
  }

  static async start(wanted: StageOptions): Promise<Stage> {
    const etcd = wanted.storage === "etcd3" ? await startEtcd({ members: wanted.members ?? 1 }) : undefined;
    const started: StagedServer[] = [];
    const stage = new Stage(await mkdtemp(join(tmpdir(), "quarterdeck-stage-")), started, etcd);
    try {
      for (let index = 0; index < wanted.servers; index++) started.push(await stage.#startServer(index, wanted));
      const [client] = await stage.clients();
      const made = await client?.request("POST", "/api/v1/namespaces", { metadata: { name: NAMESPACE } });
      client?.close();
      if (made?.status !== 201) throw new Error(`the namespace was not made: ${made?.status} ${made?.text}`);
      return stage;
    } catch (error) {
      await stage.stop();
      throw error;
    }
  }

  async #startServer(index: number, { storage, clocks = false, options = {} }: StageOptions): Promise<StagedServer> {
    const links = await Promise.all((this.etcd?.endpoints ?? []).map((endpoint) => FaultyLink.to(endpoint)));
    const endpoints = links.map(({ endpoint }) => endpoint);
    const config = join(this.#folder, `config-${index}.json`);
    const content = {
      storage: [storage, this.etcd === undefined ? options : { ...options, endpoints }],
      resources: ["kubernetes", join(REPOSITORY_ROOT, "docs/examples/rollout/src/index.ts")],
      server: { transactions: true },
    };
    await writeFile(config, JSON.stringify(content));
    const clock = join(this.#folder, `clock-${index}`);
    const moved = { NODE_OPTIONS: `--import=${PRELOAD}`, QUARTERDECK_TEST_CLOCK: clock };
    return { process: await ServerProcess.start(config, clocks ? moved : {}), clock, links };
  }

  /** New connections, one to each server. */
  clients(): Promise<ApiClient[]> {
    return Promise.all(this.servers.map(({ process }) => connectionTo(process)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map(({ process }) => process.dispose()));
    for (const link of this.servers.flatMap(({ links }) => links)) link.close();
    await this.etcd?.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A new connection to a server, as its admin. */
export async function connectionTo({ kubeconfig }: ServerProcess): Promise<ApiClient> {
  return new ApiClient(await readKubeconfig(kubeconfig));
}
