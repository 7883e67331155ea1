import type { UserInfo } from "@quarterdeck/meta";
import type { AuthorizationAttributes } from "@quarterdeck/sdk";
import { impersonatedUser } from "./impersonated-user.js";
import { type ImpersonationMode, MODES } from "./impersonation-mode.js";
import type { Ask } from "./impersonation-rights.js";
import { ImpersonationRights } from "./impersonation-rights.js";
import { Recent } from "./recent.js";
import type { WantedUser } from "./wanted-user.js";

/** As long as a token is taken for good without asking again. */
const GRANT_MILLISECONDS = 10_000;
const MOST_GRANTS = 10_000;
const MOST_USERS = 10_000;

/** Whom a request goes on as, and by which right. */
export interface Impersonated {
  readonly user: UserInfo;
  readonly mode: ImpersonationMode;
}

/**
 * Decides who may act as whom: constrained impersonation by mode, then the one of old; upstream's modes and order. The mode
 * that helped a requestor last is asked first. Rights to a user (not those to the request's verb) are remembered for 10
 * seconds in constrained modes. The same user is the same object, so that others can keep what they know of it.
 */
export class Impersonators {
  readonly #rights: ImpersonationRights;
  readonly #grants = new Recent<true>(MOST_GRANTS, GRANT_MILLISECONDS);
  readonly #users = new Recent<UserInfo>(MOST_USERS, Number.POSITIVE_INFINITY);
  readonly #lastModes = new Recent<ImpersonationMode>(MOST_USERS, Number.POSITIVE_INFINITY);

  constructor(ask: Ask) {
    this.#rights = new ImpersonationRights(ask);
  }

  /** Rejects with the 403 of the mode that was asked first. `request` is what is asked for, by the requestor. */
  async impersonate(wanted: WantedUser, request: AuthorizationAttributes): Promise<Impersonated> {
    const requestor = request.user;
    const last = this.#lastModes.get(requestor.name);
    const modes = last === undefined ? MODES : [last, ...MODES.filter((mode) => mode !== last)];
    let first: unknown;
    for (const mode of modes) {
      if (!mode.fits(wanted, requestor)) continue;
      try {
        await this.#require(mode, wanted, request);
      } catch (error) {
        first ??= error;
        continue;
      }
      this.#lastModes.set(requestor.name, mode);
      return { user: this.#userOf(mode, wanted), mode };
    }
    throw first;
  }

  async #require(mode: ImpersonationMode, wanted: WantedUser, request: AuthorizationAttributes): Promise<void> {
    if (!mode.constrained) return this.#rights.requireUser(mode, wanted, request.user);
    await this.#rights.requireVerb(mode, request);
    const grant = JSON.stringify([mode.name, keyOf(wanted), request.user]);
    if (this.#grants.get(grant) === true) return;
    await this.#rights.requireUser(mode, wanted, request.user);
    this.#grants.set(grant, true);
  }

  #userOf(mode: ImpersonationMode, wanted: WantedUser): UserInfo {
    const key = `${mode.constrained} ${keyOf(wanted)}`;
    let user = this.#users.get(key);
    if (user === undefined) {
      user = impersonatedUser(mode, wanted);
      this.#users.set(key, user);
    }
    return user;
  }
}

function keyOf({ name, uid, groups, extra }: WantedUser): string {
  return JSON.stringify([name, uid, groups, [...extra]]);
}
