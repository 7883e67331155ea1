import { INJECTION_TOKEN, Services, type ServiceToken } from "@quarterdeck/sdk";

/** What is provided in one server, by the name of the token. */
export class ServiceTable extends Services {
  readonly #services = new Map<string, object>();

  provide<T extends object>(service: ServiceToken<T>, implementation: T): void {
    this.#services.set(service[INJECTION_TOKEN], implementation);
  }

  find<T extends object>(service: ServiceToken<T>): T | undefined {
    // Only `provide` fills the map, and it asks for an implementation of what the token names.
    return this.#services.get(service[INJECTION_TOKEN]) as T | undefined;
  }

  /** Puts those of `next` in the place of those of `before`, unless somebody else's stand there by now. */
  exchange(before: ReadonlyMap<string, object>, next: ReadonlyMap<string, object>): void {
    for (const [name, implementation] of before)
      if (this.#services.get(name) === implementation) this.#services.delete(name);
    for (const [name, implementation] of next) this.#services.set(name, implementation);
  }
}

/**
 * The services as plugins see them that are made but not yet in use: what they provide is theirs alone until it is adopted,
 * so that a config that turns out bad has changed nothing.
 */
export class StagedServices extends Services {
  /** What its plugins provide, whenever they did. */
  readonly #provided = new Map<string, object>();
  #state: "staged" | "adopted" | "replaced" = "staged";

  constructor(private readonly table: ServiceTable) {
    super();
  }

  provide<T extends object>(service: ServiceToken<T>, implementation: T): void {
    this.#provided.set(service[INJECTION_TOKEN], implementation);
    if (this.#state === "adopted") this.table.provide(service, implementation);
  }

  find<T extends object>(service: ServiceToken<T>): T | undefined {
    const staged = this.#state === "staged" ? this.#provided.get(service[INJECTION_TOKEN]) : undefined;
    return staged === undefined ? this.table.find(service) : (staged as T);
  }

  /** Shows them to everybody; those of `before` that nobody provides any more go, so that a removed plugin serves nobody. */
  adopt(before: StagedServices | undefined): void {
    if (before !== undefined) before.#state = "replaced";
    this.#state = "adopted";
    this.table.exchange(before === undefined ? new Map() : before.#provided, this.#provided);
  }
}
