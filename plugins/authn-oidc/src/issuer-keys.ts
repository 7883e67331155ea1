import { Agent } from "node:https";
import { createLocalJWKSet, type JSONWebKeySet } from "jose";
import { fetchJson, IssuerUnreachableError } from "./fetch-json.js";
import type { Issuer } from "./jwt-authenticator.js";
import { RejectedTokenError } from "./rejected-token-error.js";

/** Finds the key that a token says it was signed with. */
export type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Milliseconds between two attempts to get an issuer's keys, whoever asks for them: nobody floods an issuer through us. */
const PAUSE = 5_000;
/** Milliseconds after which keys are asked for again beside their use, so that withdrawn ones are forgotten. */
const STALE = 600_000;

function textOf(document: object, member: string): string | undefined {
  const value: unknown = Reflect.get(document, member);
  return typeof value === "string" ? value : undefined;
}

function isKeySet(value: object): value is JSONWebKeySet {
  return Array.isArray(Reflect.get(value, "keys"));
}

/**
 * The keys of one issuer, by its discovery document. Nothing waits for an issuer that is down: keys are asked for at the
 * start and again when a token needs them, at most every few seconds.
 */
export class IssuerKeys {
  readonly #agent: Agent;
  readonly #ending = new AbortController();
  #keys: KeySet | undefined;
  #pending: Promise<void> | undefined;
  #attempted = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly issuer: Issuer,
    private readonly failed: (error: unknown) => void,
    /** Milliseconds of a clock that never goes back. */
    private readonly clock: () => number = () => performance.now(),
  ) {
    const { certificateAuthority = "" } = issuer;
    this.#agent = new Agent({ keepAlive: true, ...(certificateAuthority === "" ? {} : { ca: certificateAuthority }) });
  }

  /** The keys as they are known; asks for them first when none are. Rejects while the issuer cannot be asked. */
  async current(): Promise<KeySet> {
    if (this.#keys === undefined) await this.refresh();
    else if (this.clock() - this.#attempted > STALE) void this.refresh();
    if (this.#keys === undefined) throw new RejectedTokenError("authenticator not initialized");
    return this.#keys;
  }

  /** Asks the issuer anew unless it was asked a moment ago; tells whether it gave keys. Never rejects. */
  async refresh(): Promise<boolean> {
    if (this.#pending === undefined) {
      if (this.clock() - this.#attempted < PAUSE) return false;
      this.#attempted = this.clock();
      this.#pending = this.#load().finally(() => {
        this.#pending = undefined;
      });
    }
    try {
      await this.#pending;
      return true;
    } catch (error) {
      if (!this.#ending.signal.aborted) this.failed(error);
      return false;
    }
  }

  stop(): void {
    this.#ending.abort();
    this.#agent.destroy();
  }

  async #load(): Promise<void> {
    const { signal } = this.#ending;
    const { url, discoveryURL = "" } = this.issuer;
    const place = discoveryURL === "" ? `${url.replace(/\/$/, "")}/.well-known/openid-configuration` : discoveryURL;
    const document = await fetchJson(place, this.#agent, signal);
    // A document of another issuer would let that one's tokens in.
    if (textOf(document, "issuer") !== url) throw new IssuerUnreachableError(place, "names another issuer");
    const keys = await fetchJson(textOf(document, "jwks_uri") ?? "", this.#agent, signal);
    if (!isKeySet(keys)) throw new IssuerUnreachableError(place, "the issuer's keys are no JSON web key set");
    this.#keys = createLocalJWKSet(keys);
  }
}
