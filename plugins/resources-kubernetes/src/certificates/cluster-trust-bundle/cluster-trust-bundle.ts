import { type FieldErrors, isJsonObject, type KubeObject, StatusError } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { Native } from "../../native.js";
import { OlderVersion } from "../../older-version.js";
import { changesOnlyOwnership } from "../../rbac/gc-fields.js";
import type * as certificates from "../../types/certificates-v1beta1.js";
import { maySign } from "../signer-access.js";
import { checkSignerName } from "../signer-name.js";
import { bundleNameErrors, checkTrustBundle } from "./check-trust-bundle.js";

const RESOURCE = { group: "certificates.k8s.io", resource: "clustertrustbundles" };

function signerCell(object: KubeObject): string {
  const spec: unknown = object.spec;
  const signer = isJsonObject(spec) ? spec.signerName : undefined;
  return typeof signer === "string" && signer !== "" ? signer : "<none>";
}

/** Certificates of authorities for all of the cluster, those of a signer or of nobody in particular. */
@Native({
  group: "certificates.k8s.io",
  version: "v1",
  kind: "ClusterTrustBundle",
  scope: "Cluster",
  storage: true,
  // those of a signer have a colon in their name
  nameFormat: "path-segment",
  unconditionalUpdate: false,
  defaultColumns: false,
  facts: "certificates/v1beta1",
})
@SelectableField(".spec.signerName")
@Column({
  name: "Name",
  type: "string",
  format: "name",
  description: "What it is called",
  jsonPath: ".metadata.name",
})
@Column({ name: "SignerName", type: "string", description: "Whose certificates it is for", value: signerCell })
export class ClusterTrustBundle extends ApiObject {
  override spec!: certificates.ClusterTrustBundle["spec"];

  override async authorize(old: this | undefined, { user, services }: HookContext): Promise<void> {
    const { signerName = "" } = this.spec;
    if (signerName === "" || (old !== undefined && changesOnlyOwnership(this, old))) return;
    if (await maySign(services, user, "attest", signerName)) return;
    const why = `user not permitted to attest for signerName ${JSON.stringify(signerName)}`;
    throw StatusError.forbidden(RESOURCE, this.metadata.name ?? "", why);
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    const { name = "" } = this.metadata;
    const { signerName = "", trustBundle } = this.spec;
    if (name !== "") errors.invalidEach("metadata.name", name, bundleNameErrors(name, signerName));
    if (signerName !== "") checkSignerName(signerName, "spec.signerName", errors);
    if (operation === "CREATE") checkTrustBundle(trustBundle, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    const { signerName = "", trustBundle } = this.spec;
    if (trustBundle !== old.spec.trustBundle) checkTrustBundle(trustBundle, errors);
    checkImmutable(signerName, old.spec.signerName ?? "", "spec.signerName", errors);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta1", deprecatedIn: "1.37", removedIn: "1.40", replacedBy: "v1" })
export class ClusterTrustBundleV1beta1 extends ClusterTrustBundle {}
