import { createHash, timingSafeEqual } from "node:crypto";
import type { KubeObject, UserInfo } from "@quarterdeck/meta";
import {
  type Authenticated,
  type AuthenticationRequest,
  type Authenticator,
  bearerToken,
  Injectable,
  type Lister,
  ListerOf,
  Logger,
} from "@quarterdeck/sdk";

const NAMESPACE = "kube-system";
const TYPE = "bootstrap.kubernetes.io/token";
const GROUP = "system:bootstrappers";
/** `id.secret`, as `kubeadm token generate` makes them. */
const TOKEN = /^([a-z0-9]{6})\.([a-z0-9]{16})$/;
const EXTRA_GROUP = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/;

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** The text of a key of the secret; empty when it has none. */
function textOf(secret: KubeObject, key: string): string {
  const data: unknown = secret.data;
  const value: unknown = Object(data)[key];
  return typeof value === "string" ? Buffer.from(value, "base64").toString("utf8") : "";
}

/**
 * Authenticates the tokens that machines join a cluster with: `id.secret`, kept as the secret `bootstrap-token-<id>` in
 * `kube-system`; upstream's `bootstrap/token` (KEP 130). The user is `system:bootstrap:<id>` in `system:bootstrappers`.
 */
@Injectable()
export class BootstrapToken implements Authenticator {
  constructor(
    @ListerOf({ group: "", resource: "secrets" }) private readonly secrets: Lister,
    private readonly logger: Logger,
  ) {}

  authenticate(request: AuthenticationRequest): Authenticated | undefined {
    const token = bearerToken(request);
    const [, id, secret] = token === undefined ? [] : (TOKEN.exec(token) ?? []);
    if (id === undefined || secret === undefined) return undefined;
    const kept = this.secrets.get(`bootstrap-token-${id}`, NAMESPACE);
    if (kept === undefined || !this.#isGood(kept, id, secret)) return undefined;
    const user = this.#userOf(kept, id);
    return user === undefined ? undefined : { user };
  }

  /** Nothing is told to the caller of why a token is not good: it could be tried out. */
  #isGood(kept: KubeObject, id: string, secret: string): boolean {
    // Digests have one length, so that the comparison tells nothing about the kept secret.
    if (!timingSafeEqual(digest(textOf(kept, "token-secret")), digest(secret))) return false;
    const why = this.#fault(kept, id);
    if (why !== undefined) this.logger.info("a bootstrap token is not taken", { secret: kept.metadata.name, why });
    return why === undefined;
  }

  #fault(kept: KubeObject, id: string): string | undefined {
    if (kept.metadata.deletionTimestamp !== undefined) return "it is being deleted";
    if (kept.type !== TYPE) return "the secret has another type";
    if (textOf(kept, "token-secret") === "") return "it has no secret";
    if (textOf(kept, "token-id") !== id) return "token-id is not that of the secret's name";
    const expiration = textOf(kept, "expiration");
    if (expiration !== "") {
      const end = Date.parse(expiration);
      if (Number.isNaN(end)) return "expiration is no time";
      if (end <= Date.now()) return "it has expired";
    }
    return textOf(kept, "usage-bootstrap-authentication") === "true" ? undefined : "it is not for authentication";
  }

  #userOf(kept: KubeObject, id: string): UserInfo | undefined {
    const named = textOf(kept, "auth-extra-groups");
    const extra = named === "" ? [] : named.split(",").map((group) => group.trim());
    const bad = extra.find((group) => !EXTRA_GROUP.test(group));
    if (bad !== undefined) {
      this.logger.warn("a bootstrap token names a group that it must not", { secret: kept.metadata.name, group: bad });
      return undefined;
    }
    return { name: `system:bootstrap:${id}`, groups: [GROUP, ...new Set(extra)] };
  }
}
