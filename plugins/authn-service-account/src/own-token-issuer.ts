import { randomUUID } from "node:crypto";
import { isJsonObject, type KubeObject, parseApiVersion, StatusError } from "@quarterdeck/meta";
import { type BoundObject, type IssuedToken, TokenIssuer, type TokenOrder } from "@quarterdeck/sdk";
import { SignJWT } from "jose";
import type { KeyRing } from "./key-ring.js";
import type { Listers } from "./live-objects.js";
import type { ServiceAccountOptions } from "./service-account-options.js";
import { userName } from "./token-claims.js";

/** What kubelets ask for when they mean "for long, but tell me" (an hour and seven seconds), and the year that they get. */
const WARN_ONLY_SECONDS = 3607;
const EXTENDED_SECONDS = 365 * 24 * 3600;

/** The claims that bind a token to objects. */
interface Binding {
  readonly pod?: Reference;
  readonly secret?: Reference;
  readonly node?: Reference;
}

interface Reference {
  readonly name: string;
  readonly uid?: string;
}

interface BoundKind {
  readonly resource: "pods" | "secrets" | "nodes";
  readonly claim: keyof Binding;
}

const CORE: ReadonlyMap<string, BoundKind> = new Map([
  ["Pod", { resource: "pods", claim: "pod" }],
  ["Secret", { resource: "secrets", claim: "secret" }],
  ["Node", { resource: "nodes", claim: "node" }],
]);

/** Signs tokens for service accounts. */
export class OwnTokenIssuer extends TokenIssuer {
  constructor(
    private readonly options: ServiceAccountOptions,
    private readonly audiences: readonly string[],
    private readonly listers: Listers,
    private readonly keys: () => KeyRing,
  ) {
    super();
  }

  async issue(order: TokenOrder): Promise<IssuedToken> {
    const audiences = order.audiences.length === 0 ? this.audiences : order.audiences;
    const binding = order.boundObject === undefined ? {} : await this.#bind(order, order.boundObject);
    const expirationSeconds = this.#shorten(order);
    const extend =
      this.options.extendExpiration &&
      binding.pod !== undefined &&
      expirationSeconds === WARN_ONLY_SECONDS &&
      audiences.some((audience) => this.audiences.includes(audience));
    const now = Math.floor(Date.now() / 1000);
    const { namespace = "", name = "", uid = "" } = order.serviceAccount;
    const claims = {
      namespace,
      ...binding,
      serviceaccount: { name, uid },
      ...(extend ? { warnafter: now + expirationSeconds } : {}),
    };
    const id = randomUUID();
    const { id: kid, algorithm: alg, privateKey } = this.keys().signing;
    const token = await new SignJWT({ "kubernetes.io": claims })
      .setProtectedHeader({ alg, kid })
      .setAudience([...audiences])
      .setExpirationTime(now + (extend ? EXTENDED_SECONDS : expirationSeconds))
      .setIssuedAt(now)
      .setIssuer(this.options.issuer)
      .setJti(id)
      .setNotBefore(now)
      .setSubject(userName(namespace, name))
      .sign(privateKey);
    const expirationTimestamp = new Date((now + expirationSeconds) * 1000).toISOString().replace(".000Z", "Z");
    return { credentialId: `JTI=${id}`, token, audiences, expirationSeconds, expirationTimestamp };
  }

  #shorten({ expirationSeconds, warn }: TokenOrder): number {
    const { maxExpirationSeconds: most } = this.options;
    if (most === undefined || expirationSeconds <= most) return expirationSeconds;
    warn(`requested expiration of ${expirationSeconds} seconds shortened to ${most} seconds`);
    return most;
  }

  async #bind(
    { serviceAccount }: TokenOrder,
    { kind = "", apiVersion = "", name = "", uid }: BoundObject,
  ): Promise<Binding> {
    const { group, version } = parseApiVersion(apiVersion) ?? { group: "", version: "" };
    const core = group === "" ? CORE.get(kind) : undefined;
    const lister = core === undefined ? undefined : this.listers[core.resource];
    if (core === undefined || lister === undefined)
      throw StatusError.badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`);
    const object = await lister.getFresh(name, kind === "Node" ? "" : serviceAccount.namespace);
    if (object === undefined) throw StatusError.notFound({ group: "", resource: core.resource }, name);
    const node = kind === "Pod" ? await this.#nodeOf(object, serviceAccount.name ?? "") : undefined;
    const found = object.metadata.uid ?? "";
    if (uid !== undefined && uid !== "" && uid !== found) {
      const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
      throw StatusError.conflict({ group: "", resource: kind }, name, why);
    }
    return { ...(node === undefined ? {} : { node }), [core.claim]: { name, uid: found } };
  }

  /** Where a pod runs, if it does; 400 when it runs as somebody else. */
  async #nodeOf(pod: KubeObject, account: string): Promise<Reference | undefined> {
    const spec: unknown = pod.spec;
    const { serviceAccountName, nodeName } = isJsonObject(spec) ? spec : {};
    if (serviceAccountName !== account)
      throw StatusError.badRequest(
        `cannot bind token for serviceaccount ${JSON.stringify(account)} to pod running with different serviceaccount name.`,
      );
    if (typeof nodeName !== "string" || nodeName === "") return undefined;
    const uid = (await this.listers.nodes?.getFresh(nodeName))?.metadata.uid;
    return uid === undefined ? { name: nodeName } : { name: nodeName, uid };
  }
}
