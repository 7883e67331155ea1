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

  /** Takes over what has been staged. */
  adopt(staged: ReadonlyMap<string, object>): void {
    for (const [name, implementation] of staged) this.#services.set(name, implementation);
  }
}

/**
 * The services as plugins see them that are made but not yet in use: what they provide is theirs alone until it is adopted,
 * so that a config that turns out bad has changed nothing.
 */
export class StagedServices extends Services {
  readonly #staged = new Map<string, object>();
  #adopted = false;

  constructor(private readonly table: ServiceTable) {
    super();
  }

  provide<T extends object>(service: ServiceToken<T>, implementation: T): void {
    if (this.#adopted) this.table.provide(service, implementation);
    else this.#staged.set(service[INJECTION_TOKEN], implementation);
  }

  find<T extends object>(service: ServiceToken<T>): T | undefined {
    const staged = this.#adopted ? undefined : this.#staged.get(service[INJECTION_TOKEN]);
    return staged === undefined ? this.table.find(service) : (staged as T);
  }

  adopt(): void {
    this.#adopted = true;
    this.table.adopt(this.#staged);
  }
}
