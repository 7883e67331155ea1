import { reasonOf } from "@quarterdeck/meta";
import type { Logger } from "@quarterdeck/sdk";
import { issuerProblems } from "./check-issuer.js";
import { ruleProblems } from "./check-rules.js";
import { type CompiledRules, compileRules } from "./compiled-rules.js";
import { ConfigurationError } from "./configuration-error.js";
import { IssuerKeys } from "./issuer-keys.js";
import type { Issuer, JwtAuthenticator } from "./jwt-authenticator.js";
import { TokenIssuer } from "./token-issuer.js";

/** Upstream's limit. */
const MAX_ISSUERS = 64;

interface KnownKeys {
  readonly issuer: Issuer;
  readonly keys: IssuerKeys;
}

/** What the keys of an issuer depend on. */
function sameSource(one: Issuer, other: Issuer): boolean {
  return (
    one.url === other.url &&
    one.discoveryURL === other.discoveryURL &&
    one.certificateAuthority === other.certificateAuthority
  );
}

function repeatedIssuers(list: readonly JwtAuthenticator[]): readonly string[] {
  return (["url", "discoveryURL"] as const).flatMap((member) => {
    const urls = list.map(({ issuer }) => issuer[member] ?? "");
    return urls.flatMap((url, index) =>
      url !== "" && urls.indexOf(url) !== index
        ? [`jwt[${index}].issuer.${member}: Duplicate value: ${JSON.stringify(url)}`]
        : [],
    );
  });
}

/** All issuers of a configuration, by the name that their tokens give them. */
export class TokenIssuers {
  readonly #issuers = new Map<string, TokenIssuer>();
  readonly #keys: KnownKeys[] = [];

  /** Checks and compiles; throws a {@link ConfigurationError} with all that is wrong. Keys that `before` has are kept. */
  static async make(
    list: readonly JwtAuthenticator[],
    source: string,
    logger: Logger,
    before?: TokenIssuers,
  ): Promise<TokenIssuers> {
    if (list.length > MAX_ISSUERS) {
      throw new ConfigurationError(source, [`jwt: Too many: ${list.length}: must have at most ${MAX_ISSUERS} items`]);
    }
    const problems: string[] = [...repeatedIssuers(list)];
    const compiled: [JwtAuthenticator, CompiledRules][] = [];
    for (const [index, authenticator] of list.entries()) {
      const path = `jwt[${index}]`;
      problems.push(...issuerProblems(authenticator.issuer, `${path}.issuer`), ...ruleProblems(authenticator, path));
      compiled.push([authenticator, await compileRules(authenticator, path, problems)]);
    }
    if (problems.length > 0) throw new ConfigurationError(source, problems);
    const issuers = new TokenIssuers();
    for (const [authenticator, rules] of compiled) issuers.#add(authenticator, rules, logger, before);
    return issuers;
  }

  get size(): number {
    return this.#issuers.size;
  }

  find(issuer: string): TokenIssuer | undefined {
    return this.#issuers.get(issuer);
  }

  /** Asks all issuers for their keys; resolves when each has answered or failed to. */
  async prefetch(): Promise<void> {
    await Promise.all(this.#keys.map(({ keys }) => keys.current().catch(() => undefined)));
  }

  /** Stops asking for keys, but for those that another has taken over. */
  stop(after?: TokenIssuers): void {
    const taken = new Set(after === undefined ? [] : after.#keys.map(({ keys }) => keys));
    for (const { keys } of this.#keys) if (!taken.has(keys)) keys.stop();
  }

  #add(authenticator: JwtAuthenticator, rules: CompiledRules, logger: Logger, before: TokenIssuers | undefined): void {
    const { issuer } = authenticator;
    const failed = (error: unknown): void =>
      logger.warn("cannot get the keys of an issuer", {
        issuer: issuer.url,
        reason: reasonOf(error),
      });
    const known = before === undefined ? undefined : before.#keys.find((one) => sameSource(one.issuer, issuer))?.keys;
    const keys = known ?? new IssuerKeys(issuer, failed);
    this.#keys.push({ issuer, keys });
    this.#issuers.set(issuer.url, new TokenIssuer(authenticator, rules, keys));
  }
}
