import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** A class that names a service: an abstract one with an {@link INJECTION_TOKEN}, so that copies of it mean the same. */
export type ServiceToken<T extends object> = (abstract new (
  ...parameters: never[]
) => T) & {
  readonly [INJECTION_TOKEN]: string;
};

/**
 * What plugins and resource classes offer one another without knowing each other. The kernel provides {@link Access},
 * {@link Identities}, {@link CertificateSigner}, {@link ServerAddress}, the {@link Client} and the {@link Listers}; a plugin may
 * provide more in its constructor or its `start`, and a pack of resources in its `provide`. When a config is swapped in, what the new plugins provide takes the place of what the old ones did. Injected by the class as token.
 */
export abstract class Services {
  static readonly [INJECTION_TOKEN]: string = "services";
  abstract provide<T extends object>(service: ServiceToken<T>, implementation: T): void;
  /** Undefined when nobody provides it; ask when it is needed, not at construction. */
  abstract find<T extends object>(service: ServiceToken<T>): T | undefined;
}
