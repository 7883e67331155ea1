import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Etcd, startEtcd } from "@quarterdeck/testing/etcd";
import { ApiClient } from "./api-client.js";
import { NAMESPACE } from "./collection.js";
import { readKubeconfig } from "./kubeconfig.js";
import { REPOSITORY_ROOT } from "./repository-root.js";
import { ServerProcess } from "./server-process.js";

const PRELOAD = pathToFileURL(join(REPOSITORY_ROOT, "test/dist/process/shift-clock.js")).href;

/** A server, and the file that its clock is moved by when the stage has such clocks. */
export interface StagedServer {
  readonly process: ServerProcess;
  readonly clock: string;
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

  static async start({ storage, servers, members = 1, clocks = false, options = {} }: StageOptions): Promise<Stage> {
    const etcd = storage === "etcd3" ? await startEtcd({ members }) : undefined;
    const folder = await mkdtemp(join(tmpdir(), "quarterdeck-stage-"));
    const plugin = [storage, etcd === undefined ? options : { ...options, endpoints: etcd.endpoints }];
    const config = join(folder, "config.json");
    const resources = ["kubernetes", join(REPOSITORY_ROOT, "docs/examples/rollout/src/index.ts")];
    await writeFile(config, JSON.stringify({ storage: plugin, resources, server: { transactions: true } }));
    const started: StagedServer[] = [];
    const stage = new Stage(folder, started, etcd);
    try {
      for (let index = 0; index < servers; index++) {
        const clock = join(folder, `clock-${index}`);
        const moved = { NODE_OPTIONS: `--import=${PRELOAD}`, QUARTERDECK_TEST_CLOCK: clock };
        started.push({ process: await ServerProcess.start(config, clocks ? moved : {}), clock });
      }
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

  /** New connections, one to each server. */
  clients(): Promise<ApiClient[]> {
    return Promise.all(this.servers.map(({ process }) => connectionTo(process)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map(({ process }) => process.dispose()));
    await this.etcd?.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A new connection to a server, as its admin. */
export async function connectionTo({ kubeconfig }: ServerProcess): Promise<ApiClient> {
  return new ApiClient(await readKubeconfig(kubeconfig));
}
