import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BoundObject,
  INJECTION_TOKEN,
  type RouteHandler,
  Routes,
  Services,
  type ServiceToken,
  TokenIssuer,
} from "@quarterdeck/sdk";
import { FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { requestContext } from "@quarterdeck/testing/filter-contract";
import { MemoryLister } from "./memory-lister.fixture.js";
import { ServiceAccountAuthenticator } from "./service-account-authenticator.js";
import { ServiceAccountOptions } from "./service-account-options.js";

class Table extends Services {
  readonly #services = new Map<string, object>();
  provide<T extends object>(service: ServiceToken<T>, implementation: T): void {
    this.#services.set(service[INJECTION_TOKEN], implementation);
  }
  find<T extends object>(service: ServiceToken<T>): T | undefined {
    // Only `provide` fills the map, and it asks for an implementation of what the token names.
    return this.#services.get(service[INJECTION_TOKEN]) as T | undefined;
  }
}

class Handlers extends Routes {
  readonly handlers = new Map<string, RouteHandler>();
  get(path: string, handle: RouteHandler): void {
    this.handlers.set(path, handle);
  }
}

/** The plugin with everything that it asks for in memory; account `demo/bot` has the uid `u-1`. */
export class Fixture {
  readonly logger = new KeptLogger();
  readonly paths: FolderPaths;
  readonly services = new Table();
  readonly routes = new Handlers();
  readonly serviceAccounts = new MemoryLister();
  readonly secrets = new MemoryLister();
  readonly pods = new MemoryLister();
  readonly nodes = new MemoryLister();
  readonly plugin: ServiceAccountAuthenticator;
  /** What audit events were told, as `key=value`. */
  readonly annotations: string[] = [];

  static readonly #folders = new Set<string>();

  /** Removes the data folders of all fixtures. */
  static clean(this: void): void {
    for (const folder of Fixture.#folders) rmSync(folder, { recursive: true, force: true });
  }

  constructor(options: Partial<ServiceAccountOptions> = {}, data = mkdtempSync(join(tmpdir(), "service-account-"))) {
    Fixture.#folders.add(data);
    this.paths = new FolderPaths(data);
    const defaults: ServiceAccountOptions = {
      issuer: "https://kubernetes.default.svc",
      acceptedIssuers: [],
      audiences: [],
      keyFiles: [],
      extendExpiration: true,
    };
    this.plugin = new ServiceAccountAuthenticator(
      { ...defaults, ...options },
      this.logger,
      this.paths,
      this.services,
      this.routes,
      this.serviceAccounts,
      this.secrets,
      this.pods,
      this.nodes,
    );
    this.serviceAccounts.put({ name: "bot", namespace: "demo", uid: "u-1" });
  }

  async started(): Promise<this> {
    await this.plugin.start();
    return this;
  }

  /** A token of `demo/bot`. */
  async token(boundObject?: BoundObject, audiences: readonly string[] = [], expirationSeconds = 3600): Promise<string> {
    return (await this.issue(boundObject, audiences, expirationSeconds)).token;
  }

  issue(boundObject?: BoundObject, audiences: readonly string[] = [], expirationSeconds = 3600) {
    const issuer = this.services.find(TokenIssuer);
    if (issuer === undefined) throw new TypeError("nobody issues tokens");
    const serviceAccount = { name: "bot", namespace: "demo", uid: "u-1" };
    const warn = (text: string): void => this.logger.warn(text);
    return issuer.issue({ serviceAccount, audiences, expirationSeconds, boundObject, warn });
  }

  /** Whom the plugin takes the bearer of a token for; rejects when it is bad. */
  async ask(token: string, audiences?: readonly string[]) {
    return this.plugin.authenticate({
      header: (name) => (name === "authorization" ? `Bearer ${token}` : undefined),
      socket: undefined,
      path: "/",
      annotate: (key, value) => void this.annotations.push(`${key}=${value}`),
      ...(audiences === undefined ? {} : { audiences }),
    });
  }

  /** What a path of the plugin answers. */
  async answer(path: string): Promise<{ headers: Map<string, string>; body: unknown }> {
    const headers = new Map<string, string>();
    const context = { ...requestContext(), set: (name: string, value: string) => void headers.set(name, value) };
    await this.routes.handlers.get(path)?.(context);
    return { headers, body: JSON.parse(String(context.body)) };
  }
}
