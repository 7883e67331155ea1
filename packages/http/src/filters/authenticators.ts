import { reasonOf } from "@quarterdeck/meta";
import { type Authenticated, type AuthenticationRequest, type Authenticator, Identities } from "@quarterdeck/sdk";
import { AuthenticatedUsers } from "./authenticated-users.js";
import { TokenCredentials } from "./token-credentials.js";

/** An authenticator and the name that logs call it by. */
export interface NamedAuthenticator {
  readonly name: string;
  readonly authenticator: Authenticator;
}

/** A credential was brought and one authenticator knows it to be bad; nobody else took it for good. */
export class BadCredentialError extends Error {
  constructor(
    readonly authenticator: string,
    cause: unknown,
  ) {
    super(reasonOf(cause), { cause });
    this.name = "BadCredentialError";
  }
}

/** The first user found, undefined when nobody has an opinion; a {@link BadCredentialError} is thrown or rejects. */
type Found = Authenticated | undefined;

/**
 * Asks the authenticators in order; the first user counts. An error does not stop the others, since a caller may bring two
 * credentials, but it stops those who vouch for callers without any: upstream's union before its anonymous one.
 * `replace` swaps all of them at once.
 */
export class Authenticators extends Identities {
  #authenticators: readonly NamedAuthenticator[];
  #named: readonly NamedAuthenticator[] = [];
  readonly #users = new AuthenticatedUsers();

  constructor(authenticators: readonly NamedAuthenticator[]) {
    super();
    this.#authenticators = authenticators;
    this.replace(authenticators);
  }

  /** Requests that are being authenticated are answered by those who were asked first. */
  replace(authenticators: readonly NamedAuthenticator[]): void {
    this.#authenticators = authenticators;
    this.#named = authenticators.filter(({ authenticator }) => authenticator.anonymous !== true);
  }

  /** Synchronous as long as the authenticators are. */
  authenticate(request: AuthenticationRequest): Found | Promise<Found> {
    return ask(this.#authenticators, request, 0, undefined);
  }

  async authenticateToken(token: string, audiences?: readonly string[]): Promise<Found> {
    const found = await ask(this.#named, new TokenCredentials(token, audiences), 0, undefined);
    return found && { ...found, user: this.#users.complete(found.user) };
  }
}

function ask(
  chain: readonly NamedAuthenticator[],
  request: AuthenticationRequest,
  from: number,
  before: BadCredentialError | undefined,
): Found | Promise<Found> {
  let failure = before;
  for (let index = from; index < chain.length; index++) {
    const named = chain[index];
    if (named === undefined) break;
    if (failure !== undefined && named.authenticator.anonymous === true) continue;
    let answer: ReturnType<Authenticator["authenticate"]>;
    try {
      answer = named.authenticator.authenticate(request);
    } catch (error) {
      failure ??= new BadCredentialError(named.name, error);
      continue;
    }
    if (answer === undefined) continue;
    if (!(answer instanceof Promise)) return answer;
    return answer.then(
      (found) => found ?? ask(chain, request, index + 1, failure),
      (error: unknown) => ask(chain, request, index + 1, failure ?? new BadCredentialError(named.name, error)),
    );
  }
  if (failure !== undefined) throw failure;
  return undefined;
}
