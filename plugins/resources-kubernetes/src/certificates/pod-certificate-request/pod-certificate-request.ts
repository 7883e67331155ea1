import { FieldErrors, isJsonObject, type KubeObject, quoteText, StatusError } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { sameJson } from "../../checks/same-json.js";
import { labelCell } from "../../columns/label-cell.js";
import { Native } from "../../native.js";
import { OlderVersion } from "../../older-version.js";
import type * as certificates from "../../types/certificates-v1beta1.js";
import { maySign } from "../signer-access.js";
import { checkRequest } from "./check-request.js";
import { checkRequestStatus } from "./check-request-status.js";

const KIND = { group: "certificates.k8s.io", kind: "PodCertificateRequest" };
const STATES = ["Issued", "Denied", "Failed"];

function isRequest(object: object): object is certificates.PodCertificateRequest {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

function stateCell(object: KubeObject): string {
  const conditions = (isRequest(object) ? object.status.conditions : undefined) ?? [];
  return conditions.findLast(({ type }) => STATES.includes(type))?.type ?? "Pending";
}

function annotationsCell(object: KubeObject): string {
  return labelCell(isRequest(object) ? object.spec.unverifiedUserAnnotations : undefined);
}

/** Asks a signer for the certificate of a pod. */
@Native({
  group: "certificates.k8s.io",
  version: "v1",
  kind: "PodCertificateRequest",
  storage: true,
  unconditionalUpdate: false,
  defaultColumns: false,
  status: true,
  statusMetadata: false,
  facts: "certificates/v1beta1",
})
@SelectableField(".spec.signerName")
@SelectableField(".spec.podName")
@SelectableField(".spec.nodeName")
@Column({
  name: "Name",
  type: "string",
  format: "name",
  description: "What it is called",
  jsonPath: ".metadata.name",
})
@Column({ name: "PodName", type: "string", description: "The pod that it is for", jsonPath: ".spec.podName" })
@Column({
  name: "ServiceAccountName",
  type: "string",
  description: "The service account of the pod",
  jsonPath: ".spec.serviceAccountName",
})
@Column({ name: "NodeName", type: "string", description: "The node of the pod", jsonPath: ".spec.nodeName" })
@Column({ name: "SignerName", type: "string", description: "Who is to sign", jsonPath: ".spec.signerName" })
@Column({ name: "State", type: "string", description: "What became of it", value: stateCell })
@Column({
  name: "UnverifiedUserAnnotations",
  type: "string",
  priority: 1,
  description: "What else the signer is told",
  value: annotationsCell,
})
export class PodCertificateRequest extends ApiObject {
  override spec!: certificates.PodCertificateRequest["spec"];
  override status!: certificates.PodCertificateRequest["status"];

  override async authorize(old: this | undefined, { user, services, subresource }: HookContext): Promise<void> {
    if (old === undefined || subresource !== "status" || sameJson(this.status, old.status)) return;
    const { signerName } = old.spec;
    if (await maySign(services, user, "sign", signerName)) return;
    const errors = new FieldErrors();
    const why = `User ${quoteText(user.name)} is not permitted to "sign" for signer ${quoteText(signerName)}`;
    errors.forbidden("spec.signerName", why);
    throw StatusError.invalid(KIND, old.metadata.name ?? "", errors.list);
  }

  override prepareForCreate(): void {
    this.status = {};
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation === "CREATE") checkRequest(this.spec, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource === "status") checkRequestStatus(this.status, old, errors);
    else checkImmutable(this.spec, old.spec, "spec", errors);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta1", deprecatedIn: "1.37", removedIn: "1.40", replacedBy: "v1" })
export class PodCertificateRequestV1beta1 extends PodCertificateRequest {}
