import { StorageUnavailableError } from "@quarterdeck/sdk";
import type { ICompactionResponse, ILeaseTimeToLiveResponse } from "etcd3";
import { accessError, isTimeout, isUnavailable, wasNotSent } from "./access-errors.js";
import type { EtcdUser, Secrets } from "./credentials.js";
import { EtcdMember } from "./etcd-member.js";
import type { EtcdHeader, RangeAnswer, RangeCall, TxnAnswer, TxnCall } from "./wire/kv-messages.js";

/** The members of one etcd, used one at a time: another one is tried when that does not answer. */
export class EtcdCluster {
  /** Told of a member that failed, so that a watch on it does not wait for its connection to be found dead. */
  onLeave: (member: EtcdMember) => void = () => {};
  readonly #members: readonly EtcdMember[];
  readonly #user: EtcdUser | undefined;
  #at = 0;
  /** Known, or asked for. */
  #token: string | Promise<string> | undefined;

  constructor(endpoints: readonly string[], secrets: Secrets, timeoutMilliseconds: number) {
    this.#user = secrets.user;
    const tokens = {
      token: (member: EtcdMember) => this.#authenticated(member),
      forget: () => {
        this.#token = undefined;
      },
    };
    this.#members = endpoints.map((endpoint) => new EtcdMember(endpoint, secrets, tokens, timeoutMilliseconds));
  }

  /** The member that is asked at present. */
  get member(): EtcdMember {
    const member = this.#members[this.#at];
    if (member === undefined) {
      throw new StorageUnavailableError("the etcd storage has no endpoints");
    }
    return member;
  }

  /** From now on another member is asked, if this one still is. */
  leave(member: EtcdMember): void {
    if (this.#members[this.#at] === member) {
      this.#at = (this.#at + 1) % this.#members.length;
    }
    this.onLeave(member);
  }

  range(call: RangeCall): Promise<RangeAnswer> {
    return this.#ask((member) => member.range(call), true);
  }

  /** What a read that needs the leader is answered with: the newest revision. */
  async head(key: Buffer): Promise<EtcdHeader> {
    return (await this.range({ key, countOnly: true })).header;
  }

  /** A transaction is not sent again once it may have taken effect. */
  txn(call: TxnCall): Promise<TxnAnswer> {
    return this.#ask((member) => member.txn(call), false);
  }

  compact(revision: number): Promise<ICompactionResponse> {
    return this.#ask((member) => member.kv.compact({ revision }), true);
  }

  async grantLease(seconds: number): Promise<bigint> {
    const { ID } = await this.#ask((member) => member.lease.leaseGrant({ TTL: seconds, ID: 0 }), true);
    return BigInt(ID);
  }

  leaseTimeToLive(id: bigint): Promise<ILeaseTimeToLiveResponse> {
    return this.#ask((member) => member.lease.leaseTimeToLive({ ID: String(id) }), true);
  }

  close(): void {
    for (const member of this.#members) {
      member.close();
    }
  }

  async #ask<R>(call: (member: EtcdMember) => Promise<R>, repeatable: boolean): Promise<R> {
    for (let attempt = 0; ; attempt++) {
      const { member } = this;
      try {
        return await call(member);
      } catch (error) {
        const timedOut = isTimeout(error);
        if (timedOut || isUnavailable(error)) {
          this.leave(member);
        }
        // Each member once, and the first one again, since its connection may only have been an old one.
        const again = isUnavailable(error) && !timedOut && (repeatable || wasNotSent(error));
        if (!again || attempt >= this.#members.length) {
          throw accessError(error, member.endpoint);
        }
      }
    }
  }

  #authenticated(member: EtcdMember): string | Promise<string> | undefined {
    const user = this.#user;
    if (user === undefined) {
      return undefined;
    }
    if (this.#token === undefined) {
      const token = member.authenticate(user.name, user.password);
      this.#token = token;
      const settle = (known: string | undefined): void => {
        if (this.#token === token) {
          this.#token = known;
        }
      };
      token.then(settle, () => settle(undefined));
    }
    return this.#token;
  }
}
