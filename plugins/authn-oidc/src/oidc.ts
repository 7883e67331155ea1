import { reasonOf } from "@quarterdeck/meta";
import {
  type Authenticated,
  type AuthenticationRequest,
  type Authenticator,
  bearerToken,
  Injectable,
  type Lifecycle,
  Logger,
  Paths,
} from "@quarterdeck/sdk";
import { ExpiringCache, SharedCalls } from "@quarterdeck/webhook";
import { ConfigurationError } from "./configuration-error.js";
import { issuerOf, unverifiedClaims } from "./jwt-parts.js";
import { OidcOptions } from "./oidc-options.js";
import { readConfiguration } from "./read-configuration.js";
import type { TokenIssuer } from "./token-issuer.js";
import { TokenIssuers } from "./token-issuers.js";

/** How long a token counts without another look, in milliseconds; upstream's. Never beyond its end. */
const KEPT = 10_000;
const KEPT_TOKENS = 4096;

type Verdict = Authenticated | "stranger";

/**
 * Authenticates JSON web tokens of the configured issuers; upstream's `AuthenticationConfiguration.jwt`. A token that names
 * another issuer is no business of this plugin.
 */
@Injectable()
export class Oidc implements Authenticator, Lifecycle {
  #issuers: TokenIssuers | undefined;
  #verdicts = new ExpiringCache<Verdict>(KEPT_TOKENS);
  #calls = new SharedCalls<Authenticated>();
  #unwatch: (() => void) | undefined;

  constructor(
    private readonly options: OidcOptions,
    private readonly logger: Logger,
    private readonly paths: Paths,
  ) {}

  /** Checks the issuers and begins to ask for their keys; one that is down is asked again when a token needs it. */
  async start(): Promise<void> {
    const { jwt, file } = this.options;
    if ((jwt === undefined) === (file === undefined)) {
      throw new ConfigurationError("oidc", ["exactly one of the options jwt and file is needed"]);
    }
    if (file !== undefined) {
      const path = this.paths.resolve(file);
      this.#issuers = await TokenIssuers.make(await readConfiguration(path), path, this.logger);
      this.#unwatch = this.paths.watch(path, () => void this.#reload(path));
    } else this.#issuers = await TokenIssuers.make(jwt ?? [], "oidc", this.logger);
    void this.#issuers.prefetch();
  }

  stop(): void {
    this.#unwatch?.();
    this.#issuers?.stop();
  }

  authenticate(request: AuthenticationRequest): Authenticated | undefined | Promise<Authenticated> {
    const token = bearerToken(request);
    const issuers = this.#issuers;
    if (token === undefined || issuers === undefined) return undefined;
    const verdicts = this.#verdicts;
    const key = verdicts.keyOf(token);
    const known = verdicts.get(key);
    if (known !== undefined) return known === "stranger" ? undefined : known;
    const claims = unverifiedClaims(token);
    const name = claims && issuerOf(claims);
    const issuer = name === undefined ? undefined : issuers.find(name);
    if (claims === undefined || issuer === undefined) {
      verdicts.set(key, "stranger", KEPT);
      return undefined;
    }
    return this.#calls.run(key, () => this.#verify(token, claims, issuer, verdicts, key));
  }

  async #verify(
    token: string,
    claims: Parameters<TokenIssuer["userOf"]>[1],
    issuer: TokenIssuer,
    verdicts: ExpiringCache<Verdict>,
    key: string,
  ): Promise<Authenticated> {
    const { user, end } = await issuer.userOf(token, claims);
    const verdict = { user };
    verdicts.set(key, verdict, Math.min(KEPT, end * 1000 - Date.now()));
    return verdict;
  }

  /** A file that cannot be used changes nothing; a new issuer is asked for its keys before its tokens come. */
  async #reload(path: string): Promise<void> {
    try {
      const before = this.#issuers;
      const next = await TokenIssuers.make(await readConfiguration(path), path, this.logger, before);
      await next.prefetch();
      this.#issuers = next;
      this.#verdicts = new ExpiringCache(KEPT_TOKENS);
      this.#calls = new SharedCalls();
      before?.stop(next);
      this.logger.info("read the issuers again", { path, issuers: next.size });
    } catch (error) {
      const reason = reasonOf(error);
      this.logger.error("cannot use the issuers; those from before stay", { path, reason });
    }
  }
}
