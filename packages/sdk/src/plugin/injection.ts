import "reflect-metadata";
import type { ResourceReference } from "../contract/lister.js";
import type { Constructor } from "./constructor.js";

const LISTER_KEY = "quarterdeck:injection/listers";

/** A constructor parameter that wants a lister. */
export interface ListerInjection {
  readonly parameter: number;
  readonly target: Constructor | ResourceReference;
  /** True: undefined is injected when the config does not serve the resource. */
  readonly optional: boolean;
}

/**
 * Injects a {@link Lister} of a decorated class, or of a resource by group and plural, into a plugin's constructor. With
 * `optional` it is undefined when the config does not serve the resource; without, that is a mistake in the config.
 */
export function ListerOf(
  target: Constructor | ResourceReference,
  options: { readonly optional?: boolean } = {},
): ParameterDecorator {
  return (owner, _property, parameter) => {
    const before: readonly ListerInjection[] = Reflect.getOwnMetadata(LISTER_KEY, owner) ?? [];
    Reflect.defineMetadata(LISTER_KEY, [...before, { parameter, target, optional: options.optional === true }], owner);
  };
}

/** The listers that a plugin class asks for; read once by the kernel at boot. */
export function listerInjections(owner: Constructor): readonly ListerInjection[] {
  return Reflect.getOwnMetadata(LISTER_KEY, owner) ?? [];
}

/**
 * Makes the compiler emit the types of the constructor's parameters, by which the kernel knows what to inject: the
 * plugin's options class, {@link Logger}, {@link Metrics}, {@link Client}, {@link Paths}, {@link Services}, {@link Routes},
 * {@link ServedResources}, {@link Listers}; one lister needs `@ListerOf`.
 * A constructor whose only parameter is the options does without it.
 */
export function Injectable(): ClassDecorator {
  return () => {};
}

/** The emitted types of a constructor's parameters; undefined when the compiler emitted none. */
export function constructorParameters(owner: Constructor): readonly unknown[] | undefined {
  return Reflect.getOwnMetadata("design:paramtypes", owner);
}
