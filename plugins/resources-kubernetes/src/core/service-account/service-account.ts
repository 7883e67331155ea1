import { FieldErrors, type ObjectMeta, StatusError } from "@quarterdeck/meta";
import {
  ApiObject,
  Column,
  type HookContext,
  Subresource,
  type SubresourceContext,
  TokenIssuer,
} from "@quarterdeck/sdk";
import { askedSeconds, checkTokenRequest, TokenRequest } from "../../authentication/token-request.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";

const TOKENS = { group: "authentication.k8s.io", version: "v1", kind: "TokenRequest" };
const ENFORCED = "kubernetes.io/enforce-mountable-secrets";
const NO_ISSUER = "no authenticator of this server issues tokens; name service-account under authentication";

/** A body may repeat the account's name and namespace, and must then mean this account. */
function checkPlace(own: ObjectMeta, said: SubresourceContext["metadata"], errors: FieldErrors): void {
  for (const key of ["name", "namespace"] as const) {
    const value = said[key] ?? "";
    if (value !== "" && value !== own[key])
      errors.invalid(`metadata.${key}`, value, `must match the service account ${key} if specified`);
  }
}

/** A body may name the account by its uid too; 409 when that is another one's. */
function checkUid({ name = "", uid = "" }: ObjectMeta, asked: string): void {
  if (asked === "" || asked === uid) return;
  const { group, kind: resource } = TOKENS;
  const why = `the UID in the token request (${asked}) does not match the UID of the service account (${uid})`;
  throw StatusError.conflict({ group, resource }, name, why);
}

/** Of the secrets only names are looked at. */
function keepNames(secrets: core.ObjectReference[] = []): void {
  for (const [index, { name }] of secrets.entries()) secrets[index] = name === undefined ? {} : { name };
}

/** Tells once who sets the annotation that it is no longer good. */
function warnOfMountableSecrets(
  { metadata: { annotations = {} } }: ServiceAccount,
  old: ServiceAccount | undefined,
  warn: HookContext["warn"],
): void {
  if (!Object.hasOwn(annotations, ENFORCED) || Object.hasOwn(old?.metadata.annotations ?? {}, ENFORCED)) return;
  const instead = "prefer separate namespaces to isolate access to mounted secrets";
  warn(`metadata.annotations[${ENFORCED}]: deprecated in v1.32+; ${instead}`);
}

/** An identity for programs: its tokens are signed by the server. */
@Native({
  group: "",
  version: "v1",
  kind: "ServiceAccount",
  shortNames: ["sa"],
  returnDeletedObject: true,
})
@Column(AGE_COLUMN)
export class ServiceAccount extends ApiObject {
  secrets?: core.ObjectReference[];
  imagePullSecrets?: core.LocalObjectReference[];
  automountServiceAccountToken?: boolean;

  override prepareForCreate({ warn }: HookContext): void {
    keepNames(this.secrets);
    warnOfMountableSecrets(this, undefined, warn);
  }

  override prepareForUpdate(old: this, { warn }: HookContext): void {
    keepNames(this.secrets);
    warnOfMountableSecrets(this, old, warn);
  }

  /** `POST …/serviceaccounts/<name>/token`: a signed token of this account. 503 without an issuer, 422 for a bad time. */
  @Subresource("token", { apiVersion: "authentication.k8s.io/v1" })
  async token(request: TokenRequest, context: SubresourceContext): Promise<object> {
    const { services } = context;
    const { name = "", namespace, uid } = this.metadata;
    const { labels, annotations } = context.metadata;
    const errors = new FieldErrors();
    checkPlace(this.metadata, context.metadata, errors);
    if (!errors.empty) throw StatusError.invalid(TOKENS, name, errors.list);
    checkUid(this.metadata, context.metadata.uid ?? "");
    checkTokenRequest(request, errors);
    if (!errors.empty) throw StatusError.invalid(TOKENS, "", errors.list);
    const issuer = services.find(TokenIssuer);
    if (issuer === undefined) throw StatusError.serviceUnavailable(NO_ISSUER);
    const { boundObjectRef } = request.spec;
    const issued = await issuer.issue({
      serviceAccount: this.metadata,
      audiences: request.spec.audiences ?? [],
      expirationSeconds: askedSeconds(request),
      boundObject: boundObjectRef ?? undefined,
      warn: (text) => context.warn(text),
    });
    context.annotate("authentication.kubernetes.io/issued-credential-id", issued.credentialId);
    const creationTimestamp = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    return {
      kind: TOKENS.kind,
      apiVersion: `${TOKENS.group}/${TOKENS.version}`,
      metadata: {
        name,
        namespace,
        uid,
        creationTimestamp,
        ...(labels === undefined ? {} : { labels }),
        ...(annotations === undefined ? {} : { annotations }),
      },
      spec: {
        audiences: [...issued.audiences],
        expirationSeconds: issued.expirationSeconds,
        boundObjectRef,
      },
      status: { token: issued.token, expirationTimestamp: issued.expirationTimestamp },
    };
  }
}
