import type { UserInfo } from "@quarterdeck/meta";
import { type TokenClaims, userName } from "./token-claims.js";

const PREFIX = "authentication.kubernetes.io";

/** The user that a token stands for; frozen, since it is the same for all requests with the token. */
export function accountUser({ namespace, serviceAccount, pod, node, id }: TokenClaims): UserInfo {
  const extra: { [key: string]: readonly string[] } = {};
  const add = (key: string, value: string): void => {
    if (value !== "") extra[`${PREFIX}/${key}`] = Object.freeze([value]);
  };
  if (id !== undefined) add("credential-id", `JTI=${id}`);
  if (pod !== undefined) {
    add("pod-name", pod.name);
    add("pod-uid", pod.uid);
  }
  if (node !== undefined) {
    add("node-name", node.name);
    add("node-uid", node.uid);
  }
  return Object.freeze({
    name: userName(namespace, serviceAccount.name),
    uid: serviceAccount.uid,
    groups: Object.freeze(["system:serviceaccounts", `system:serviceaccounts:${namespace}`]),
    ...(Object.keys(extra).length === 0 ? {} : { extra: Object.freeze(extra) }),
  });
}
