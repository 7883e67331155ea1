import { mkdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type ApiListener, createListener } from "@quarterdeck/http";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import { CertificateSigner, ClientCertificates, ServerAddress } from "@quarterdeck/sdk";
import { type Assembly, assemble } from "../assembly/assemble.js";
import type { MadePlugin } from "../assembly/generation.js";
import { PluginHost } from "../assembly/plugin-host.js";
import { blueprintOf } from "../blueprint/blueprint.js";
import { loadPlugins } from "../blueprint/load-plugins.js";
import { AuthoritySigner } from "../certificates/authority-signer.js";
import { CertificateKeeper } from "../certificates/certificate-keeper.js";
import { ConnectionCertificates } from "../certificates/connection-certificates.js";
import { kubeconfig, serverUrl, writeKubeconfig } from "../certificates/kubeconfig.js";
import { type ServerCertificates, serverCertificates } from "../certificates/server-certificates.js";
import { tlsCredentials, tlsProtocol } from "../certificates/tls-credentials.js";
import { ConfigError } from "../config/config-error.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import { electControllers } from "../election/elect-controllers.js";
import type { Encryption } from "../encryption/encryption.js";
import { EncryptionReloads } from "../encryption/encryption-reloads.js";
import { startEncryption } from "../encryption/start-encryption.js";
import type { ServerLogger } from "../logging/server-logger.js";
import type { PluginSearch } from "../plugin/load-plugin.js";
import type { PluginCatalogue } from "../plugin/plugin-catalogue.js";
import { type LoadedStorage, loadStorages } from "../storage/load-storages.js";
import { StorageSet } from "../storage/storage-set.js";
import { createBootstrapObjects } from "./bootstrap-objects.js";
import { ConfigReloads } from "./config-reloads.js";
import { ListenerAddress } from "./listener-address.js";
import { logNotices } from "./notices.js";
import { startPlugins, stopPlugins, stopTogether } from "./plugin-lifecycle.js";
import { StartChecks } from "./start-checks.js";

/** What a server is started from. */
export interface KernelOptions {
  readonly config: ResolvedConfig;
  readonly catalogue: PluginCatalogue;
  readonly logger: ServerLogger;
}

/** A running server. */
export class Kernel {
  #stopping: Promise<void> | undefined;

  private constructor(
    /** Where clients on this machine reach it. */
    readonly url: string,
    /** The file of the admin's kubeconfig. */
    readonly kubeconfig: string,
    readonly certificates: ServerCertificates,
    readonly descriptors: readonly ResourceDescriptor[],
    private readonly parts: {
      readonly config: ResolvedConfig;
      readonly host: PluginHost;
      readonly assembly: Assembly;
      readonly controllers: readonly MadePlugin[];
      readonly listener: ApiListener;
      readonly keeper: CertificateKeeper;
      readonly encryption: Encryption | undefined;
      readonly reloads: ConfigReloads;
    },
  ) {}

  /**
   * Makes what a changed config names of authenticators, authorizers and admission, and puts it in place at once for all
   * requests that come after. Rejects, and changes nothing, when the config is bad or a plugin cannot start.
   */
  reload(config: ResolvedConfig): Promise<void> {
    return this.parts.reloads.reload(config);
  }

  /**
   * Reads the config anew and reloads it whenever its file changes, or a signal asks for it by calling what this returns. A
   * bad config is logged, and the one that runs stays.
   */
  followConfig(read: () => Promise<ResolvedConfig>): () => void {
    const { config, host, reloads } = this.parts;
    const again = (): void => void reloads.follow(read);
    // It was read after the process began; what has changed since then may not have been seen.
    if (config.path !== undefined) host.files.watch(config.path, again, performance.timeOrigin);
    return again;
  }

  /**
   * Starts a server and resolves when it is ready: storages open, caches filled, plugins started, objects that must exist
   * created, kubeconfig written, listening. The storages open while the rest is still being loaded.
   */
  static async start({ config, catalogue, logger }: KernelOptions): Promise<Kernel> {
    const search = { catalogue, directory: config.directory };
    const host = new PluginHost(config, logger);
    const storagePlugins = loadStorages(config, search);
    const data = mkdir(config.server.data, { recursive: true, mode: 0o700 });
    const certificates = data.then(() => serverCertificates(config.server));
    const opening = Kernel.#openStorages(host, storagePlugins, data);
    const loading = loadPlugins(config, search, storagePlugins);
    await Promise.allSettled([certificates, opening, loading]);
    // The config's own mistakes are told before what the storage or the files have to say.
    try {
      const blueprint = blueprintOf(config, await loading);
      return await Kernel.#run(blueprint, host, search, await opening, await certificates);
    } catch (error) {
      await opening.then(
        (storages) => storages.close(),
        () => undefined,
      );
      throw error;
    }
  }

  static async #openStorages(
    host: PluginHost,
    loading: Promise<readonly LoadedStorage[]>,
    data: Promise<unknown>,
  ): Promise<StorageSet> {
    const loaded = await loading;
    await data;
    return StorageSet.make(loaded, (plugin) => host.make(plugin)).open();
  }

  static async #run(
    blueprint: Parameters<typeof assemble>[0],
    host: PluginHost,
    search: PluginSearch,
    storages: StorageSet,
    certificates: ServerCertificates,
  ): Promise<Kernel> {
    const { config, plugins, descriptors } = blueprint;
    const { logger } = host;
    const connections = new ConnectionCertificates(certificates);
    host.services.provide(ClientCertificates, connections);
    host.services.provide(CertificateSigner, new AuthoritySigner(config.server.data));
    const listening = new ListenerAddress();
    host.services.provide(ServerAddress, listening);
    let address = "";
    const encryption = await startEncryption(blueprint, host);
    const assembly = assemble(blueprint, host, storages, () => address, encryption);
    const { api, stores } = assembly;
    const checks = new StartChecks(assembly.health, storages.all, stores);
    const controllers = electControllers(assembly, host);
    try {
      await Promise.all(stores.map((store) => store.start()));
      checks.cachesFilled();
      await host.observers.start();
      // Objects are created through admission; whoever starts then may rely on the namespaces.
      const { admissionPlugins, otherPlugins } = assembly.first;
      await startPlugins(admissionPlugins);
      await createBootstrapObjects(plugins.resources, host.table, host.client, logger);
      await startPlugins([...otherPlugins, ...assembly.lasting]);
      await startPlugins(controllers);
      logNotices(descriptors, logger);
      const { bind, port } = config.server;
      const listener = createListener({
        ...tlsCredentials(certificates),
        server: api,
        logger,
        ...tlsProtocol(config.server),
        maxStreams: config.server.maxStreamsPerConnection,
      });
      const bound = await listener.listen(port, bind).catch((error: unknown) => {
        throw listenMistake(error, config);
      });
      const url = serverUrl(bind, bound.port);
      address = new URL(url).host;
      listening.tell({ bind, port: bound.port });
      await writeKubeconfig(config.server.kubeconfig, kubeconfig(url, certificates));
      checks.kubeconfigWritten();
      if (certificates.issued.length > 0) logger.debug("issued certificates", { names: certificates.issued });
      const keeper = new CertificateKeeper(
        {
          server: config.server,
          files: host.files,
          logger,
          apply: async (changed) => {
            listener.present(tlsCredentials(changed));
            connections.replace(changed);
            await writeKubeconfig(config.server.kubeconfig, kubeconfig(url, changed));
          },
        },
        certificates,
      );
      keeper.start();
      return new Kernel(url, config.server.kubeconfig, certificates, descriptors, {
        config,
        host,
        assembly,
        controllers,
        listener,
        keeper,
        encryption,
        reloads: new ConfigReloads(
          assembly,
          host.observers,
          config,
          search,
          logger,
          encryption && new EncryptionReloads(encryption, config, host, search, logger, plugins.encryption?.digest),
        ),
      });
    } catch (error) {
      await stopTogether(controllers, logger);
      host.files.stop();
      host.observers.stop();
      for (const store of stores) store.stop();
      await encryption?.stop();
      throw error;
    }
  }

  /**
   * Fails `/readyz` and serves on for `server.shutdownDelay`; then takes no new connections, finishes running requests (at
   * most `server.shutdownTimeout` seconds) and ends watches cleanly; then stops controllers and plugins in reverse order,
   * audit sinks among them, and closes the storages. A second call waits for the first.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const { config, host, assembly, controllers, listener, encryption, keeper, reloads } = this.parts;
    const { api, storages, stores } = assembly;
    const { logger } = host;
    const { server } = config;
    host.files.stop();
    await keeper.stop();
    api.announceStop();
    if (server.shutdownDelay > 0) await sleep(server.shutdownDelay * 1000);
    const clean = await listener.drain({
      timeoutSeconds: server.shutdownTimeout,
      watchGraceSeconds: server.shutdownWatchTerminationGrace,
      sendRetryAfter: server.shutdownSendRetryAfter,
    });
    if (!clean) {
      logger.warn("requests were still running when the shutdown timeout was up", { running: api.running });
    }
    await stopTogether(controllers, logger);
    const generation = await reloads.end();
    await stopPlugins([...generation.plugins, ...assembly.lasting], logger);
    host.observers.stop();
    for (const store of stores) store.stop();
    await encryption?.stop();
    await storages.close();
    logger.info("stopped");
  }
}

/** An address that cannot be listened on, as a mistake of whoever named it. */
function listenMistake(error: unknown, config: ResolvedConfig): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const { bind, port } = config.server;
  const key = error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND" ? "bind" : "port";
  const what: { readonly [code: string]: string } = {
    EADDRINUSE: "the port is taken by another process",
    EACCES: "the port may not be used by this user",
    EADDRNOTAVAIL: "this machine does not have the address",
    ENOTFOUND: "the address cannot be resolved",
  };
  const message = what[String(error.code)];
  if (message === undefined) return error;
  const origin = config.origins.get(`server.${key}`);
  return new ConfigError(message, {
    path: `server.${key}`,
    value: key === "port" ? port : bind,
    file: origin,
    cause: error,
  });
}
