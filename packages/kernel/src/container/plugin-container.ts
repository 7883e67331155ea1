import "reflect-metadata";
import {
  type Constructor,
  constructorParameters,
  injectionTokenName,
  type Lister,
  type ListerInjection,
  type Logger,
  listerInjections,
  type PluginContracts,
} from "@quarterdeck/sdk";
import { Container } from "inversify";
import { ConfigError } from "../config/config-error.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";

/** What plugins may ask for by the class of a constructor parameter; each is bound once for the whole server. */
export interface SharedServices {
  readonly metrics: object;
  readonly client: object;
  readonly paths: object;
  readonly "served-resources": object;
  readonly listers: object;
}

/** What belongs to the plugins that are made together: it is in use once all of them are. */
export interface PluginScope {
  readonly services: object;
  readonly routes: object;
}

/** Makes what differs from plugin to plugin. */
export interface PluginServices {
  logger(plugin: LoadedService): Logger;
  /** A lister of the resource, or an explanation of why there is none. */
  lister(target: ListerInjection["target"]): Lister | string;
}

const SHARED = ["metrics", "client", "paths", "served-resources", "listers"] as const;
const SCOPED = ["services", "routes"] as const;
const SERVICES: readonly string[] = ["logger", ...SHARED, ...SCOPED];
const OPTIONS = Symbol("options");

/**
 * The container of one server: shared services in the root, one child per plugin. Everything is resolved at boot;
 * plugin classes carry no inversify decorators, their parameters are read from what the compiler or `inject` recorded.
 */
export class PluginContainer {
  readonly #root = new Container();

  constructor(
    shared: SharedServices,
    private readonly services: PluginServices,
  ) {
    for (const name of SHARED) this.#root.bind(Symbol.for(`quarterdeck/${name}`)).toConstantValue(shared[name]);
  }

  /** Makes the one instance of a plugin's class. */
  make<K extends keyof PluginContracts>(plugin: LoadedService<K>, scope: PluginScope): PluginContracts[K] {
    const cls = plugin.definition.plugin;
    const child = new Container({ parent: this.#root });
    child.bind(Symbol.for("quarterdeck/logger")).toConstantValue(this.services.logger(plugin));
    for (const name of SCOPED) child.bind(Symbol.for(`quarterdeck/${name}`)).toConstantValue(scope[name]);
    if (plugin.options !== undefined) child.bind(OPTIONS).toConstantValue(plugin.options);
    const identifiers = this.#identifiers(plugin, child);
    const instance = Symbol(plugin.name);
    child
      .bind<PluginContracts[K]>(instance)
      .toResolvedValue((...parameters: unknown[]) => Reflect.construct(cls, parameters), identifiers)
      .inSingletonScope();
    return child.get(instance);
  }

  /** The service identifier of each constructor parameter. */
  #identifiers(plugin: LoadedService, child: Container): symbol[] {
    const { definition } = plugin;
    const cls: Constructor = definition.plugin;
    const listers = new Map(listerInjections(cls).map((one) => [one.parameter, one]));
    const types = definition.inject ?? constructorParameters(cls);
    if (types === undefined) {
      if (cls.length === 0) return [];
      // Nothing but the options can be meant, so the simplest plugins need no decorator.
      if (cls.length === 1 && definition.options !== undefined) return [OPTIONS];
      throw this.#error(
        plugin,
        `the constructor of ${cls.name} takes parameters of unknown types: put @Injectable() on the class`,
      );
    }
    return types.map((type, index) => {
      const lister = listers.get(index);
      if (lister !== undefined) return this.#lister(plugin, child, lister);
      if (definition.options !== undefined && type === definition.options) return OPTIONS;
      const service = injectionTokenName(type);
      if (service !== undefined && SERVICES.includes(service)) return Symbol.for(`quarterdeck/${service}`);
      const name = typeof type === "function" && type !== Object ? `of type ${type.name} ` : "";
      throw this.#error(
        plugin,
        `parameter ${index + 1} of ${cls.name} ${name}cannot be injected: it may be the options class, Logger, Metrics, Client, Paths, Services, Routes, ServedResources, Listers or a @ListerOf`,
      );
    });
  }

  #lister(plugin: LoadedService, child: Container, { parameter, target, optional }: ListerInjection): symbol {
    const lister = this.services.lister(target);
    if (typeof lister === "string" && !optional)
      throw this.#error(
        plugin,
        `parameter ${parameter + 1} of ${plugin.definition.plugin.name} cannot be injected: ${lister}`,
      );
    const identifier = Symbol(`lister ${parameter}`);
    child.bind(identifier).toConstantValue(typeof lister === "string" ? undefined : lister);
    return identifier;
  }

  #error(plugin: LoadedService, message: string): ConfigError {
    return new ConfigError(`plugin "${plugin.name}": ${message}`, {
      path: plugin.path,
      value: plugin.name,
      file: plugin.origin,
    });
  }
}
