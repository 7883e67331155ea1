import { FieldErrors, type KubeObject, type ObjectMeta, StatusError } from "@quarterdeck/meta";
import {
  ApiObject,
  Column,
  Field,
  Message,
  Resource,
  Subresource,
  type SubresourceContext,
  TokenIssuer,
} from "@quarterdeck/sdk";
import { checkTokenRequest, TokenRequest } from "../authentication/token-request.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { nativeMessage } from "../facts/native-message.js";
import { LocalObjectReference } from "./local-object-reference.js";
import { MountableSecret } from "./mountable-secret.js";

const TOKENS = { group: "authentication.k8s.io", version: "v1", kind: "TokenRequest" };
const NO_ISSUER = "no authenticator of this server issues tokens; name service-account under authentication";

function secretCount({ secrets }: KubeObject): number {
  return Array.isArray(secrets) ? secrets.length : 0;
}

/** A body may repeat the account's name and namespace, and must then mean this account. */
function checkPlace(own: ObjectMeta, said: SubresourceContext["metadata"], errors: FieldErrors): void {
  for (const key of ["name", "namespace"] as const) {
    const value = said[key] ?? "";
    if (value !== "" && value !== own[key])
      errors.invalid(`metadata.${key}`, value, `must match the service account ${key} if specified`);
  }
}

/** An identity for programs: its tokens are signed by the server. */
@Message(() => nativeMessage("core/v1.ServiceAccount"))
@Resource({
  group: "",
  version: "v1",
  kind: "ServiceAccount",
  shortNames: ["sa"],
  returnDeletedObject: true,
  description: "An identity for programs: its tokens are signed by the server.",
})
@Column({ name: "Secrets", type: "string", description: "The number of secrets", value: secretCount })
@Column(AGE_COLUMN)
export class ServiceAccount extends ApiObject {
  @Field({
    proto: 2,
    items: () => MountableSecret,
    listType: "map",
    listMapKeys: ["name"],
    description: "Secrets that pods of this account may use.",
  })
  secrets?: MountableSecret[];

  @Field({
    proto: 3,
    items: () => LocalObjectReference,
    listType: "atomic",
    description: "Secrets for pulling the images of this account's pods.",
  })
  imagePullSecrets?: LocalObjectReference[];

  @Field({ proto: 4, description: "False: pods get no token unless they ask for it." })
  automountServiceAccountToken?: boolean;

  /** `POST …/serviceaccounts/<name>/token`: a signed token of this account. 503 without an issuer, 422 for a bad time. */
  @Subresource("token", { apiVersion: "authentication.k8s.io/v1" })
  async token(request: TokenRequest, context: SubresourceContext): Promise<object> {
    const { services } = context;
    const { name = "", namespace } = this.metadata;
    const errors = new FieldErrors();
    checkPlace(this.metadata, context.metadata, errors);
    if (!errors.empty) throw StatusError.invalid(TOKENS, name, errors.list);
    checkTokenRequest(request, errors);
    if (!errors.empty) throw StatusError.invalid(TOKENS, "", errors.list);
    const issuer = services.find(TokenIssuer);
    if (issuer === undefined) throw StatusError.serviceUnavailable(NO_ISSUER);
    const { boundObjectRef } = request.spec;
    const issued = await issuer.issue({
      serviceAccount: this.metadata,
      audiences: request.spec.audiences ?? [],
      expirationSeconds: request.spec.expirationSeconds,
      boundObject: boundObjectRef,
      warn: (text) => context.warn(text),
    });
    context.annotate("authentication.kubernetes.io/issued-credential-id", issued.credentialId);
    const creationTimestamp = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    return {
      kind: TOKENS.kind,
      apiVersion: `${TOKENS.group}/${TOKENS.version}`,
      metadata: { name, namespace, creationTimestamp },
      spec: {
        audiences: [...issued.audiences],
        expirationSeconds: issued.expirationSeconds,
        boundObjectRef: boundObjectRef === undefined ? null : { ...boundObjectRef },
      },
      status: { token: issued.token, expirationTimestamp: issued.expirationTimestamp },
    };
  }
}
