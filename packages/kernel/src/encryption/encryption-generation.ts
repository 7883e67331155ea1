import { reasonOf } from "@quarterdeck/meta";
import type { EncryptionProvider, PluginContracts } from "@quarterdeck/sdk";
import { IDENTITY, type ObserveTransform, PrefixedTransformer, type ValueTransformer } from "@quarterdeck/storage";
import { type MadePlugin, madePlugin } from "../assembly/generation.js";
import type { PluginHost } from "../assembly/plugin-host.js";
import { ConfigError } from "../config/config-error.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";
import { type GroupResource, ruleName } from "./group-resource.js";
import type { LoadedProvider, LoadedRule } from "./load-encryption.js";

/** The providers that one reading of the encryption configuration names, made together and exchanged together. */
export class EncryptionGeneration {
  readonly plugins: readonly MadePlugin[];
  readonly #providers = new Map<string, EncryptionProvider[]>();
  readonly #checked: readonly { readonly name: string; readonly provider: EncryptionProvider }[];

  constructor(rules: readonly LoadedRule[], host: Pick<PluginHost, "make">) {
    const plugins: MadePlugin[] = [];
    const checked: { name: string; provider: EncryptionProvider }[] = [];
    const made = (one: LoadedProvider): EncryptionProvider => {
      if (one === "identity") return IDENTITY;
      const provider = makeProvider(one, host);
      plugins.push(madePlugin(one, provider));
      if (provider.check !== undefined) checked.push({ name: `kms-provider-${checked.length}`, provider });
      return provider;
    };
    for (const { resources, providers } of rules) {
      const all = providers.map(made);
      for (const resource of resources) {
        const name = ruleName(resource);
        // A resource that two rules name has the providers of both, as upstream.
        this.#providers.set(name, [...(this.#providers.get(name) ?? []), ...all]);
      }
    }
    this.plugins = plugins;
    this.#checked = checked;
  }

  /** How values of a resource are written and read: the rule that names it, that of its group, that of everything. */
  transformerOf(resource: GroupResource, observe: ObserveTransform): ValueTransformer {
    const { group } = resource;
    const names = [ruleName(resource), ruleName({ group, resource: "*" }), "*.*"];
    const name = names.find((one) => this.#providers.has(one));
    const [first, ...others] = name === undefined ? [] : (this.#providers.get(name) ?? []);
    return first === undefined ? IDENTITY : new PrefixedTransformer(first, others, observe);
  }

  /** Rejects with what is wrong with the providers that can tell. */
  async check(): Promise<void> {
    const reasons: string[] = [];
    for (const { name, provider } of this.#checked) {
      try {
        await provider.check?.();
      } catch (error) {
        reasons.push(`${name}: ${reasonOf(error)}`);
      }
    }
    if (reasons.length > 0) throw new UnhealthyProvidersError(reasons.join(", "));
  }
}

/** A provider cannot do its work at present. */
class UnhealthyProvidersError extends Error {
  override readonly name = "UnhealthyProvidersError";
}

/** Makes a provider; what its constructor has against its options is a mistake in the config. */
function makeProvider(
  plugin: LoadedService<"encryption">,
  host: Pick<PluginHost, "make">,
): PluginContracts["encryption"] {
  try {
    return host.make(plugin);
  } catch (error) {
    if (ConfigError.is(error)) throw error;
    const message = reasonOf(error);
    throw new ConfigError(message, { path: plugin.path, file: plugin.origin });
  }
}
