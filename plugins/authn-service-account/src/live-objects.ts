import { timingSafeEqual } from "node:crypto";
import { isJsonObject, type KubeObject, StatusError } from "@quarterdeck/meta";
import type { Lister } from "@quarterdeck/sdk";
import type { ClaimedObject, TokenClaims } from "./token-claims.js";
import { tokenDigest } from "./token-digest.js";
import { TokenError } from "./token-error.js";
import { LEEWAY_SECONDS } from "./token-verifier.js";

/** What tokens may be bound to; undefined for kinds that the server does not serve. */
export interface Listers {
  readonly serviceAccounts: Lister | undefined;
  readonly secrets: Lister | undefined;
  readonly pods: Lister | undefined;
  readonly nodes: Lister | undefined;
}

/** Set on a secret whose token nobody has used for long; upstream's cleaner does. */
const INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";
const INVALIDATED = "service account token has been invalidated";

/** One object that must be there for a token to be good. */
export interface Demand {
  readonly lister: Lister | undefined;
  readonly name: string;
  readonly namespace: string;
  /** Undefined when any object of the name will do. */
  readonly uid: string | undefined;
  /** What is wrong when it is not there, or on its way out. */
  readonly missing: string;
  readonly deleted: string;
  mismatch(uid: string): string;
  check?(object: KubeObject): void;
}

/** What must be there for a token, which is known by the `digest` of its text. */
export function demandsOf(listers: Listers, claims: TokenClaims, digest: string): readonly Demand[] {
  const { namespace, serviceAccount, pod, secret, node, keptIn } = claims;
  const demands = [account(listers.serviceAccounts, namespace, serviceAccount)];
  if (secret !== undefined) demands.push(bound(listers.secrets, namespace, secret, "secret"));
  if (pod !== undefined) demands.push(bound(listers.pods, namespace, pod, "pod"));
  // The node of a pod's token only tells where the pod was.
  else if (node !== undefined) demands.push(bound(listers.nodes, "", node, "node"));
  if (keptIn !== undefined) demands.push(kept(listers.secrets, namespace, keptIn, digest));
  return demands;
}

/**
 * Throws or rejects with a {@link TokenError} when something is missing, another than was meant, or has been on its way out
 * for longer than the leeway. The watch cache is asked first, which answers at once; the store is asked when the cache does
 * not have the object, since it may be younger than what the cache has heard of.
 */
export function checkDemands(demands: readonly Demand[], now: number): void | Promise<void> {
  let waiting: Promise<void>[] | undefined;
  for (const demand of demands) {
    const { lister, name, namespace, uid } = demand;
    if (lister === undefined) throw new TokenError(demand.missing);
    const object = lister.get(name, namespace);
    if (object !== undefined && (uid === undefined || object.metadata.uid === uid)) judge(demand, object, now);
    else {
      waiting ??= [];
      waiting.push(lister.getFresh(name, namespace).then((fresh) => judge(demand, fresh, now)));
    }
  }
  return waiting === undefined ? undefined : Promise.all(waiting).then(() => undefined);
}

function account(lister: Lister | undefined, namespace: string, { name, uid }: ClaimedObject): Demand {
  return {
    lister,
    name,
    namespace,
    uid,
    missing: StatusError.notFound({ group: "", resource: "serviceaccounts" }, name).message,
    deleted: `service account ${namespace}/${name} has been deleted`,
    mismatch: (found) => `service account UID (${found}) does not match claim (${uid})`,
  };
}

function bound(lister: Lister | undefined, namespace: string, { name, uid }: ClaimedObject, kind: string): Demand {
  return {
    lister,
    name,
    namespace,
    uid,
    missing: INVALIDATED,
    deleted: INVALIDATED,
    mismatch: (found) => `${kind} UID (${found}) does not match service account ${kind} ref claim (${uid})`,
  };
}

function kept(lister: Lister | undefined, namespace: string, name: string, digest: string): Demand {
  return {
    lister,
    name,
    namespace,
    uid: undefined,
    missing: INVALIDATED,
    deleted: INVALIDATED,
    mismatch: () => INVALIDATED,
    check: (secret) => {
      const data: unknown = secret.data;
      const copy = isJsonObject(data) && typeof data.token === "string" ? Buffer.from(data.token, "base64") : "";
      if (!timingSafeEqual(Buffer.from(tokenDigest(copy)), Buffer.from(digest)))
        throw new TokenError("token does not match server's copy");
      if (secret.metadata.labels?.[INVALID_SINCE]) throw new TokenError("the token's secret has been marked invalid");
    },
  };
}

function judge(demand: Demand, object: KubeObject | undefined, now: number): void {
  if (object === undefined) throw new TokenError(demand.missing);
  const { uid = "", deletionTimestamp } = object.metadata;
  if (deletionTimestamp !== undefined && Date.parse(deletionTimestamp) < now - LEEWAY_SECONDS * 1000)
    throw new TokenError(demand.deleted);
  if (demand.uid !== undefined && demand.uid !== uid) throw new TokenError(demand.mismatch(uid));
  demand.check?.(object);
}
