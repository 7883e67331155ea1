import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "@quarterdeck/meta";
import {
  type Authenticated,
  type AuthenticationRequest,
  type Authenticator,
  bearerToken,
  Injectable,
  type Lifecycle,
  type Lister,
  ListerOf,
  Logger,
  Paths,
  Routes,
  Services,
  TokenIssuer,
} from "@quarterdeck/sdk";
import { isDiscoverable, serveDiscovery } from "./discovery-documents.js";
import { KeyRing } from "./key-ring.js";
import { checkDemands, type Demand, demandsOf, type Listers } from "./live-objects.js";
import { ownKeyFile } from "./own-key-file.js";
import { OwnTokenIssuer } from "./own-token-issuer.js";
import { ServiceAccountOptions } from "./service-account-options.js";
import { TokenCache } from "./token-cache.js";
import { tokenDigest } from "./token-digest.js";
import { TokenError } from "./token-error.js";
import { checkTimes, TokenVerifier, type VerifiedToken } from "./token-verifier.js";
import { readSigningKey, readVerificationKeys } from "./verification-key.js";

/** A verified token, and what it is answered with when nobody asks for other audiences. */
interface KnownToken {
  readonly verified: VerifiedToken;
  /** Undefined when the token is not for this server. */
  readonly own: Authenticated | undefined;
  readonly demands: readonly Demand[];
  /** True once the log has told that the token should have been replaced. */
  told: boolean;
}

/** The keys, and what depends on them; exchanged together when a key file changes. */
interface Trust {
  readonly keys: KeyRing;
  readonly verifier: TokenVerifier;
  readonly known: TokenCache<KnownToken>;
}

/**
 * Authenticates the tokens of service accounts and issues them; upstream's `--service-account-*`. A token dies with its
 * account and with the object that it is bound to: both are looked up for every request, the signature only once.
 */
@Injectable()
export class ServiceAccountAuthenticator implements Authenticator, Lifecycle {
  readonly #audiences: readonly string[];
  readonly #listers: Listers;
  readonly #unwatch: (() => void)[] = [];
  #trust: Trust | undefined;

  constructor(
    private readonly options: ServiceAccountOptions,
    private readonly logger: Logger,
    private readonly paths: Paths,
    services: Services,
    routes: Routes,
    @ListerOf({ group: "", resource: "serviceaccounts" }, { optional: true }) serviceAccounts: Lister | undefined,
    @ListerOf({ group: "", resource: "secrets" }, { optional: true }) secrets: Lister | undefined,
    @ListerOf({ group: "", resource: "pods" }, { optional: true }) pods: Lister | undefined,
    @ListerOf({ group: "", resource: "nodes" }, { optional: true }) nodes: Lister | undefined,
  ) {
    const { issuer, audiences, jwksUri } = options;
    const listers = { serviceAccounts, secrets, pods, nodes };
    const keys = (): KeyRing => this.#trusted().keys;
    this.#audiences = audiences.length === 0 ? [issuer] : audiences;
    this.#listers = listers;
    services.provide(TokenIssuer, new OwnTokenIssuer(options, this.#audiences, listers, keys));
    if (isDiscoverable(issuer)) serveDiscovery(routes, { issuer, jwksUri }, keys);
    else logger.info("others cannot find the public keys, since the issuer is no https URL", { issuer });
  }

  async start(): Promise<void> {
    this.#trust = await this.#read();
    for (const path of [this.#signingFile, ...this.#keyFiles])
      this.#unwatch.push(this.paths.watch(path, () => void this.#readAgain()));
  }

  stop(): void {
    for (const unwatch of this.#unwatch.splice(0)) unwatch();
  }

  authenticate(request: AuthenticationRequest): Authenticated | undefined | Promise<Authenticated | undefined> {
    const token = bearerToken(request);
    if (token === undefined) return undefined;
    const trust = this.#trusted();
    const digest = tokenDigest(token);
    const known = trust.known.get(digest);
    if (known !== undefined) return this.#accept(known, request);
    return trust.verifier.claims(token) ? this.#meet(trust, digest, token, request) : undefined;
  }

  /** A token that has not been seen before. */
  async #meet(trust: Trust, digest: string, token: string, request: AuthenticationRequest): Promise<Authenticated> {
    const verified = await trust.verifier.verify(token);
    const audiences = this.#common(verified, this.#audiences);
    const own = audiences.length === 0 ? undefined : { user: verified.user, audiences };
    const demands = demandsOf(this.#listers, verified.claims, digest);
    const known: KnownToken = { verified, own, demands, told: false };
    // Kept whatever comes next: a token that has become bad should not cost a signature each time.
    trust.known.set(digest, known);
    return this.#accept(known, request);
  }

  #accept(known: KnownToken, request: AuthenticationRequest): Authenticated | Promise<Authenticated> {
    const now = Date.now();
    checkTimes(known.verified, now);
    const found = this.#answer(known, request.audiences);
    const pending = checkDemands(known.demands, now);
    if (pending !== undefined) return pending.then(() => this.#tell(known, now, request)).then(() => found);
    this.#tell(known, now, request);
    return found;
  }

  /** Tells of tokens that should not be used any more, in upstream's words. */
  #tell(known: KnownToken, now: number, request: AuthenticationRequest): void {
    const { claims, user } = known.verified;
    if (claims.keptIn !== undefined) request.annotate?.("authentication.k8s.io/legacy-token", user.name);
    if (claims.warnAfter === undefined || now <= claims.warnAfter * 1000) return;
    const seconds = Math.floor(now / 1000) - claims.warnAfter;
    const text = `subject: ${user.name}, seconds after warning threshold: ${seconds}`;
    request.annotate?.("authentication.k8s.io/stale-token", text);
    if (known.told) return;
    known.told = true;
    this.logger.warn("a service account token should have been replaced", { user: user.name });
  }

  #answer({ verified, own }: KnownToken, asked: readonly string[] = []): Authenticated {
    if (asked.length === 0 && own !== undefined) return own;
    const targets = asked.length === 0 ? this.#audiences : asked;
    const audiences = this.#common(verified, targets);
    if (audiences.length > 0) return { user: verified.user, audiences };
    const [theirs, ours] = [verified.audiences, targets].map((list) => JSON.stringify(list));
    throw new TokenError(`token audiences ${theirs} is invalid for the target audiences ${ours}`);
  }

  #common({ audiences }: VerifiedToken, targets: readonly string[]): readonly string[] {
    // Tokens that stand in secrets name nobody: they are for this server.
    const meant = audiences.length === 0 ? this.#audiences : audiences;
    return meant.filter((audience) => targets.includes(audience));
  }

  #trusted(): Trust {
    if (this.#trust === undefined) throw new TokenError("the keys have not been read yet");
    return this.#trust;
  }

  get #signingFile(): string {
    const { signingKeyFile } = this.options;
    return signingKeyFile === undefined
      ? join(this.paths.data, "service-account.key")
      : this.paths.resolve(signingKeyFile);
  }

  get #keyFiles(): string[] {
    return this.options.keyFiles.map((file) => this.paths.resolve(file));
  }

  async #read(): Promise<Trust> {
    const own = this.options.signingKeyFile === undefined;
    const path = this.#signingFile;
    const pem = own ? await ownKeyFile(path) : await readFile(path, "utf8");
    const others = this.#keyFiles.map(async (file) => readVerificationKeys(await readFile(file, "utf8"), file));
    const keys = new KeyRing(readSigningKey(pem, path), (await Promise.all(others)).flat());
    const { issuer, acceptedIssuers } = this.options;
    this.logger.info("read the keys of service accounts", { signing: keys.signing.id, keys: keys.all.length });
    return { keys, verifier: new TokenVerifier([issuer, ...acceptedIssuers], keys), known: new TokenCache() };
  }

  async #readAgain(): Promise<void> {
    try {
      this.#trust = await this.#read();
    } catch (error) {
      const reason = reasonOf(error);
      this.logger.error("the keys of service accounts cannot be used, the former ones stay valid", { reason });
    }
  }
}
