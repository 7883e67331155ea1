import {
  type Config,
  type Constructor,
  type Controller,
  constructorParameters,
  definePlugin,
  type InjectionToken,
  ListerOf,
  listerInjections,
  type ServicePlugin,
} from "@quarterdeck/sdk";

function isToken(value: unknown): value is InjectionToken {
  return typeof value === "function";
}

/** A controller that a server has made but neither starts nor stops: the test does. */
export class HeldController {
  #made: Controller | undefined;

  constructor(private readonly definition: ServicePlugin<"controller">) {}

  /** The reference for a config's `controllers`. */
  reference(options: object = {}): NonNullable<Config["controllers"]>[number] {
    const { definition } = this;
    const cls: Constructor<Controller> = definition.plugin;
    const keep = (made: Controller): void => {
      this.#made = made;
    };
    class Held implements Controller {
      constructor(...parameters: never[]) {
        keep(new cls(...parameters));
      }
      start(): void {}
      stop(): void {}
    }
    for (const { parameter, target, optional } of listerInjections(cls))
      ListerOf(target, { optional })(Held, undefined, parameter);
    const inject = definition.inject ?? constructorParameters(cls)?.filter(isToken);
    return [definePlugin({ ...definition, plugin: Held, ...(inject && { inject }) }), { ...options }];
  }

  /** The controller itself, once a server has made it. */
  get controller(): Controller {
    if (this.#made === undefined) throw new Error("no server has made the controller yet");
    return this.#made;
  }
}
