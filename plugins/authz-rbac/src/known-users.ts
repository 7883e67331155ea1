import type { UserInfo } from "@quarterdeck/meta";
import { KnownUser } from "./known-user.js";
import type { RoleIndex } from "./role-index.js";

/** How many users are remembered; then all are forgotten. */
const MOST_USERS = 1024;

/**
 * What has been found out about users. A user object that lives as long as a connection is recognised as it is; others
 * by name and groups.
 */
export class KnownUsers {
  #byObject = new WeakMap<UserInfo, KnownUser>();
  readonly #byName = new Map<string, KnownUser>();

  constructor(private readonly index: RoleIndex) {}

  find(user: UserInfo): KnownUser {
    const { generation } = this.index;
    const known = this.#byObject.get(user);
    if (known !== undefined && known.generation === generation) return known;
    const found = this.#find(user, generation);
    this.#byObject.set(user, found);
    return found;
  }

  #find(user: UserInfo, generation: number): KnownUser {
    const key = JSON.stringify([user.name, user.groups]);
    const known = this.#byName.get(key);
    if (known !== undefined && known.generation === generation) return known;
    if (this.#byName.size >= MOST_USERS) this.#byName.clear();
    const made = new KnownUser(this.index, user, generation);
    this.#byName.set(key, made);
    return made;
  }
}
