import type { UserInfo } from "@quarterdeck/meta";
import { nodeOf, serviceAccountOf } from "./system-user.js";
import type { WantedUser } from "./wanted-user.js";

const NODE_NAME = "authentication.kubernetes.io/node-name";

/** One way to be allowed to act as another: which rights it needs, and for whom it is. */
export interface ImpersonationMode {
  /** As metrics call it. */
  readonly name: string;
  /** The verb on the user, its groups, uid and extra. */
  readonly verb: string;
  /** True needs a right to each verb beside: `impersonate-on:<mode>:<verb>` on what is asked for. */
  readonly constrained: boolean;
  /** False when the mode is not for this pair of users. */
  fits(wanted: WantedUser, requestor: UserInfo): boolean;
}

function constrained(name: string, fits: ImpersonationMode["fits"]): ImpersonationMode {
  return Object.freeze({ name, verb: `impersonate:${name}`, constrained: true, fits });
}

function onlyNamed({ uid, groups, extra }: WantedUser): boolean {
  return uid === "" && groups.length === 0 && extra.size === 0;
}

/** The node that a service account runs on, when its token says so. */
function nodeOfServiceAccount({ name, extra }: UserInfo): string | undefined {
  const nodes = extra?.[NODE_NAME];
  return serviceAccountOf(name) !== undefined && nodes?.length === 1 ? nodes[0] : undefined;
}

/** A service account may act as the node that it runs on, whichever that is. */
export const ASSOCIATED_NODE = constrained("associated-node", (wanted, requestor) => {
  const node = nodeOf(wanted.name);
  return onlyNamed(wanted) && node !== undefined && nodeOfServiceAccount(requestor) === node;
});

/** All modes in upstream's order: those of constrained impersonation (KEP-5284), then the one there has always been. */
export const MODES: readonly ImpersonationMode[] = Object.freeze([
  ASSOCIATED_NODE,
  constrained("arbitrary-node", (wanted) => onlyNamed(wanted) && nodeOf(wanted.name) !== undefined),
  constrained("serviceaccount", (wanted) => onlyNamed(wanted) && serviceAccountOf(wanted.name) !== undefined),
  constrained("user-info", ({ name }) => nodeOf(name) === undefined && serviceAccountOf(name) === undefined),
  Object.freeze({ name: "legacy", verb: "impersonate", constrained: false, fits: () => true }),
]);
