import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  clientCertificate,
  loadKernel,
  type PluginCatalogue,
  type ResolvedConfig,
  resolveConfig,
} from "@quarterdeck/kernel";
import type { Config, ResourceReferenceEntry } from "@quarterdeck/sdk";
import { DEFAULT_CATALOGUE } from "quarterdeck";
import type { ClientCertificate } from "./credential.js";
import { type LogLine, MemoryLogger } from "./memory-logger.js";
import { TestClient, type TestRequest } from "./test-client.js";
import type { OpenResponse, TestResponse } from "./test-response.js";

/** What a test server is started from. */
export interface TestServerOptions {
  /** As in a config file; the defaults are memory storage, a free port and a data folder that is removed at the end. */
  readonly config?: Config;
  /** Served beside those of the config (`"kubernetes"` by default). */
  readonly resources?: readonly ResourceReferenceEntry[];
  /** The folder that relative paths of the config start from; the working directory by default. */
  readonly directory?: string;
  /** Short names of plugins; those that ship with the server by default. */
  readonly catalogue?: PluginCatalogue;
}

/** A running server in this process. */
export interface TestServer {
  readonly url: string;
  /** The file of the admin's kubeconfig, for kubectl. */
  readonly kubeconfig: string;
  /** PEM that the server's certificate is verified with. */
  readonly ca: string;
  /** User kubernetes-admin, group system:masters. */
  readonly admin: ClientCertificate;
  /** The data folder. */
  readonly data: string;
  /** What was logged so far. */
  readonly logs: readonly LogLine[];
  request(path: string, request?: TestRequest): Promise<TestResponse>;
  open(path: string, request?: TestRequest): Promise<OpenResponse>;
  /**
   * Exchanges authenticators, authorizers and admission for those of a changed config, as a server does whose config file
   * changes. Rejects, and changes nothing, when it cannot.
   */
  reload(config: Config): Promise<void>;
  /** A client certificate of a user, as `as` of a request takes it, signed by the server's own authority. */
  certificateOf(user: string, groups?: readonly string[]): Promise<ClientCertificate>;
  /** Drains the server and removes its data folder. */
  stop(): Promise<void>;
}

/** Starts a whole server in this process: TLS on a free port, real authentication, memory storage unless told otherwise. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { config = {}, resources = [], directory = process.cwd(), catalogue = DEFAULT_CATALOGUE } = options;
  const temporary = await mkdtemp(join(tmpdir(), "quarterdeck-test-"));
  const resolve = (said: Config): ResolvedConfig => {
    const content = {
      storage: "memory",
      ...said,
      resources: [...(said.resources ?? ["kubernetes"]), ...resources],
      server: { port: 0, data: temporary, shutdownTimeout: 5, ...said.server },
    };
    return resolveConfig({ shown: "test config", directory, content });
  };
  const resolved = resolve(config);
  const logger = new MemoryLogger();
  const remove = (): Promise<void> => rm(temporary, { recursive: true, force: true });
  try {
    const { Kernel } = await loadKernel();
    const kernel = await Kernel.start({ config: resolved, catalogue, logger });
    const { servingCa: ca, admin } = kernel.certificates;
    const client = new TestClient(kernel.url, ca, admin);
    return {
      url: kernel.url,
      kubeconfig: kernel.kubeconfig,
      ca,
      admin,
      data: resolved.server.data,
      logs: logger.lines,
      request: (path, request) => client.request(path, request),
      open: (path, request) => client.open(path, request),
      certificateOf: (user, groups = []) => clientCertificate(resolved.server.data, user, groups),
      reload: async (changed) => kernel.reload(resolve(changed)),
      stop: async () => {
        await kernel.stop();
        client.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
