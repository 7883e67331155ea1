import { StatusError, type UserInfo } from "@quarterdeck/meta";
import type { AccessVerdict, AuthorizationAttributes } from "@quarterdeck/sdk";
import { refusalOf } from "../filters/authorizers.js";
import { extraMistake } from "./extra-mistake.js";
import { ASSOCIATED_NODE, type ImpersonationMode } from "./impersonation-mode.js";
import { nodeOf, serviceAccountOf } from "./system-user.js";
import type { WantedUser } from "./wanted-user.js";

/** From so many values on, a right to all of them is asked about first. */
const MANY = 4;
const AUTHENTICATION = "authentication.k8s.io";

/** Answers one question about a right; the mode is for those who count. */
export type Ask = (
  mode: ImpersonationMode,
  attributes: AuthorizationAttributes,
) => AccessVerdict | Promise<AccessVerdict>;

/** Asks for the rights that a mode needs, one by one as upstream does; the first that is missing is thrown as its 403. */
export class ImpersonationRights {
  constructor(private readonly ask: Ask) {}

  /** The right to do what the request does in the name of another; only constrained modes need one. */
  async requireVerb(mode: ImpersonationMode, request: AuthorizationAttributes): Promise<void> {
    const verb = `impersonate-on:${mode.name}:${request.verb}`;
    await this.#require(mode, { ...request, user: asked(mode, request.user), verb });
  }

  /** The rights to the name, uid, groups and extra of a user. */
  async requireUser(mode: ImpersonationMode, wanted: WantedUser, requestor: UserInfo): Promise<void> {
    const { uid, groups, extra } = wanted;
    const group = mode.constrained ? AUTHENTICATION : "";
    const about = attributesOf(mode, asked(mode, requestor));
    await this.#require(mode, { ...about, apiGroup: group, ...objectOf(mode, wanted.name) });
    if (uid !== "") await this.#require(mode, { ...about, resource: "uids", name: uid });
    await this.#requireGroups(mode, { ...about, apiGroup: group, resource: "groups" }, groups);
    await this.#requireExtra(mode, { ...about, resource: "userextras" }, extra);
  }

  async #requireGroups(
    mode: ImpersonationMode,
    about: AuthorizationAttributes,
    groups: readonly string[],
  ): Promise<void> {
    if (mode.constrained) {
      if (groups.includes("")) throw refusal(about, "impersonating the empty string group is not allowed");
      if (groups.includes("system:masters")) {
        const masters = { ...about, name: "system:masters" };
        throw refusal(masters, "impersonating the system:masters group is not allowed");
      }
      if (groups.length >= MANY && (await this.#may(mode, { ...about, name: "*" }))) return;
    }
    for (const name of groups) await this.#require(mode, { ...about, name });
  }

  async #requireExtra(
    mode: ImpersonationMode,
    about: AuthorizationAttributes,
    extra: WantedUser["extra"],
  ): Promise<void> {
    if (extra.size === 0) return;
    if (mode.constrained) {
      const mistake = extraMistake(extra);
      if (mistake !== undefined) throw refusal(about, mistake);
      const count = [...extra.values()].reduce((sum, values) => sum + values.length, 0);
      if (count >= MANY && (await this.#may(mode, { ...about, subresource: "*", name: "*" }))) return;
    }
    for (const [subresource, values] of extra) {
      for (const name of values) await this.#require(mode, { ...about, subresource, name });
    }
  }

  async #may(mode: ImpersonationMode, attributes: AuthorizationAttributes): Promise<boolean> {
    return (await this.ask(mode, attributes)).allowed;
  }

  async #require(mode: ImpersonationMode, attributes: AuthorizationAttributes): Promise<void> {
    const refused = refusalOf(attributes, await this.ask(mode, attributes));
    if (refused !== undefined) throw refused;
  }
}

function attributesOf(mode: ImpersonationMode, user: UserInfo): AuthorizationAttributes {
  return {
    user,
    verb: mode.verb,
    isResourceRequest: true,
    apiGroup: AUTHENTICATION,
    apiVersion: "v1",
    namespace: "",
    resource: "",
    subresource: "",
    name: "",
    path: "",
    fieldSelector: "",
    labelSelector: "",
  };
}

/** Service accounts and nodes are objects of their own; every other name is a user. */
function objectOf(
  mode: ImpersonationMode,
  username: string,
): Pick<AuthorizationAttributes, "resource" | "namespace" | "name"> {
  const node = mode.constrained ? nodeOf(username) : undefined;
  // The right to act as one's own node holds for all nodes, so that it can be given before they are there.
  if (node !== undefined) return { resource: "nodes", namespace: "", name: mode === ASSOCIATED_NODE ? "*" : node };
  const account = serviceAccountOf(username);
  return account === undefined
    ? { resource: "users", namespace: "", name: username }
    : { resource: "serviceaccounts", ...account };
}

/** Authorizers are not shown what differs between the pods of one service account, only of what kinds it is. */
function asked(mode: ImpersonationMode, requestor: UserInfo): UserInfo {
  if (mode !== ASSOCIATED_NODE) return requestor;
  const keys = Object.keys(requestor.extra ?? {}).sort();
  return { ...requestor, extra: { "authentication.kubernetes.io/associated-node-keys": keys } };
}

function refusal(attributes: AuthorizationAttributes, reason: string): StatusError {
  return refusalOf(attributes, { allowed: false, denied: true, reason }) ?? StatusError.internal(new Error(reason));
}
