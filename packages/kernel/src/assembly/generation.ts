import { type AdmissionChain, createAdmissionChain } from "@quarterdeck/admission";
import type { AdmissionMetrics, NamedAuthenticator, NamedAuthorizer } from "@quarterdeck/http";
import type { Lifecycle, PluginContracts } from "@quarterdeck/sdk";
import type { ExchangedPlugins } from "../blueprint/load-plugins.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";
import { StagedRoutes } from "../services/plugin-routes.js";
import { StagedServices } from "../services/service-table.js";
import type { PluginHost } from "./plugin-host.js";
import type { LoadedAuditPolicy } from "./policy-in-force.js";

/** A plugin's instance with its name, for starting and stopping it. */
export interface MadePlugin<T extends object = Lifecycle> {
  readonly name: string;
  /** Where the config names it: `authentication[1] in apiserver.config.ts`. */
  readonly place: string;
  readonly instance: T;
}

/** What a plugin is made and remembered by. */
export function madePlugin<T extends object>({ name, path, origin }: LoadedService, instance: T): MadePlugin<T> {
  return { name, place: `${path} in ${origin}`, instance };
}

/**
 * What a change of the config exchanges while the server runs: authenticators, authorizers, admission and the audit policy.
 * They are made together and put in place together; what the plugins provide to others is seen by others only from then on.
 */
export class Generation {
  readonly authenticators: readonly NamedAuthenticator[];
  readonly authorizers: readonly NamedAuthorizer[];
  readonly admission: AdmissionChain;
  readonly auditPolicy: LoadedAuditPolicy | undefined;
  /** In the order of the config's sections. */
  readonly plugins: readonly MadePlugin[];
  /** Those of {@link plugins} that the creation of objects needs. */
  readonly admissionPlugins: readonly MadePlugin[];
  readonly otherPlugins: readonly MadePlugin[];
  readonly #services: StagedServices;
  readonly #routes: StagedRoutes;

  constructor(plugins: ExchangedPlugins, host: PluginHost, metrics: AdmissionMetrics) {
    this.auditPolicy = plugins.auditPolicy;
    this.#services = new StagedServices(host.services);
    this.#routes = new StagedRoutes(host.routes);
    const scope = { services: this.#services, routes: this.#routes };
    const made: MadePlugin[] = [];
    const make = <K extends Exclude<keyof PluginContracts, "storage" | "controller">>(
      plugin: LoadedService<K>,
    ): PluginContracts[K] => {
      const instance = host.container.make(plugin, scope);
      made.push(madePlugin(plugin, instance));
      return instance;
    };
    this.authenticators = plugins.authenticators.map((one) => ({ name: one.name, authenticator: make(one) }));
    this.authorizers = plugins.authorizers.map((one) => ({ name: one.name, authorizer: make(one) }));
    const before = made.length;
    const { logger } = host;
    this.admission = createAdmissionChain(
      plugins.admission.map((one) => ({ name: one.name, plugin: make(one) })),
      {
        observe: (name, phase, operation, rejected, milliseconds) => {
          const type = phase === "mutate" ? "admit" : "validate";
          metrics.observe(name, type, operation, rejected, milliseconds / 1000);
        },
        failed: (name, phase, error) => logger.error("an admission plugin failed", { plugin: name, phase, error }),
      },
    );
    this.otherPlugins = made.slice(0, before);
    this.admissionPlugins = made.slice(before);
    this.plugins = made;
  }

  /** Shows what the plugins provide to everybody, in place of what those of `before` did. */
  adopt(before: Generation | undefined): void {
    this.#services.adopt(before === undefined ? undefined : before.#services);
    this.#routes.adopt(before === undefined ? undefined : before.#routes);
  }
}
