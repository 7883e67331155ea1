import type { Constructor, Plugin, PluginContracts, ResourcePack, ServicePlugin } from "@quarterdeck/sdk";

/** What every loaded plugin has, for `describe` and for errors. */
export interface LoadedPluginBase {
  readonly name: string;
  readonly version: string | undefined;
  /** The place in the config: `admission[1]`. */
  readonly path: string;
  /** Where the config says so: a file or `default`. */
  readonly origin: string;
  /** The file or package that the plugin is from; the config's own when it was written into it. */
  readonly source: string;
}

/** A plugin whose class is still to be made. */
export interface LoadedService<K extends keyof PluginContracts = keyof PluginContracts> extends LoadedPluginBase {
  readonly kind: K;
  readonly definition: Plugin & ServicePlugin<K>;
  /** The checked options: an instance of the definition's options class, if it has one. */
  readonly options: object | undefined;
}

/** Resource classes with where they are from. */
export interface LoadedResources extends LoadedPluginBase {
  readonly kind: "resources";
  /** Set for a pack; absent for a module of decorated classes and for a class. */
  readonly definition: (Plugin & ResourcePack) | undefined;
  readonly options: object | undefined;
  readonly classes: readonly Constructor[];
}
