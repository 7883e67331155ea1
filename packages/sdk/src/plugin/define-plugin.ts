import type { KubeObject } from "@quarterdeck/meta";
import type { Admission } from "../contract/admission.js";
import type { AuditSink } from "../contract/audit.js";
import type { Authenticator } from "../contract/authenticator.js";
import type { Authorizer } from "../contract/authorizer.js";
import type { Controller } from "../contract/controller.js";
import type { EncryptionProvider } from "../contract/encryption.js";
import type { Filter } from "../contract/filter.js";
import type { Lifecycle } from "../contract/lifecycle.js";
import type { Services } from "../contract/services.js";
import type { Storage } from "../contract/storage.js";
import type { Constructor } from "./constructor.js";
import { CONTRACT_VERSIONS, type PluginKind } from "./contract-version.js";
import type { InjectionToken } from "./injection-token.js";

const PLUGIN = Symbol.for("quarterdeck.sdk/Plugin");

/** What a plugin class of each kind implements. */
export interface PluginContracts {
  storage: Storage;
  filter: Filter & Lifecycle;
  authenticator: Authenticator & Lifecycle;
  authorizer: Authorizer & Lifecycle;
  admission: Admission & Lifecycle;
  audit: AuditSink & Lifecycle;
  controller: Controller;
  encryption: EncryptionProvider & Lifecycle;
}

interface PluginBase<K extends PluginKind> {
  readonly kind: K;
  /** Kebab-case; what `describe`, logs, metrics and rejections call it. */
  readonly name: string;
  /** The version of the package, for `describe`. */
  readonly version?: string;
  /**
   * A class with `@Field`s: the schema, the defaults and the type of the options in one.
   * An instance with the validated options is injected where the plugin's constructor names the class.
   */
  readonly options?: Constructor;
}

/** A plugin whose class the kernel makes once at boot, by constructor injection. */
export interface ServicePlugin<K extends keyof PluginContracts> extends PluginBase<K> {
  readonly plugin: Constructor<PluginContracts[K]>;
  /**
   * The classes of the constructor's parameters, for plugins written in JavaScript. In TypeScript `@Injectable()` on the
   * class says the same.
   */
  readonly inject?: readonly InjectionToken[];
}

/** A bundle of decorated resource classes; the options are an instance of `options` when that is given. */
export interface ResourcePack extends PluginBase<"resources"> {
  resources(options: object): readonly Constructor[];
  /** Called once, before anything starts: what the pack's classes and others find through `services` from then on. */
  provide?(options: object, services: Services): void;
  /** Objects that must exist: whichever of them are missing are created at the start, before the server is ready. */
  objects?(options: object): readonly BootstrapObject[];
}

/** An object in the form in which a client would send it; cluster-scoped ones carry no namespace. */
export type BootstrapObject = Readonly<KubeObject>;

/** What the author of a plugin writes down. */
export type PluginDefinition =
  | ServicePlugin<"storage">
  | ServicePlugin<"filter">
  | ServicePlugin<"authenticator">
  | ServicePlugin<"authorizer">
  | ServicePlugin<"admission">
  | ServicePlugin<"audit">
  | ServicePlugin<"controller">
  | ServicePlugin<"encryption">
  | ResourcePack;

/** A definition with its brand and the contract version it was made for. */
export type Plugin<D extends PluginDefinition = PluginDefinition> = D & {
  readonly [PLUGIN]: true;
  readonly contract: number;
};

/** The default export of a plugin module: `export default definePlugin({ kind, name, plugin })`. */
export function definePlugin<D extends PluginDefinition>(definition: D): Plugin<D> {
  const stamp = { [PLUGIN]: true as const, contract: CONTRACT_VERSIONS[definition.kind] };
  return Object.freeze(Object.assign({}, definition, stamp));
}

/** True for what `definePlugin` of this or another installed copy of the package returned. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === "object" && value !== null && PLUGIN in value;
}
