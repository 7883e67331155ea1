import { isDeepStrictEqual } from "node:util";
import { type FieldErrors, StatusError } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { userInfoOf } from "../authentication/user-info.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type * as certificates from "../types/certificates-v1.js";
import { conditionCell, durationCell } from "./certificate-cells.js";
import { CertificateRequestError, parseCertificateRequest } from "./certificate-request.js";
import { checkSpec } from "./check-spec.js";
import { checkConditions, checkStatusUpdate, conditionsOf } from "./check-status.js";
import { maySign } from "./signer-access.js";
import { SIGNERS } from "./signer-name.js";

const RESOURCE = { group: "certificates.k8s.io", resource: "certificatesigningrequests" };
const MASTERS = "system:masters";

/** Nobody becomes a master by a certificate of the API server's own signer; upstream's CertificateSubjectRestriction. */
function restrictSubject({ spec, metadata }: CertificateSigningRequest): void {
  if (spec.signerName !== SIGNERS.apiServerClient) return;
  try {
    if (!parseCertificateRequest(spec.request ?? "").subject.organizations.includes(MASTERS)) return;
  } catch (error) {
    // Validation tells what is wrong with it.
    if (error instanceof CertificateRequestError) return;
    throw error;
  }
  const why = `use of ${SIGNERS.apiServerClient} signer with ${MASTERS} group is not allowed`;
  throw StatusError.forbidden(RESOURCE, metadata.name ?? "", why);
}

/** Fills in when the conditions were written, and when their status changed. */
function stampConditions(request: CertificateSigningRequest, old: CertificateSigningRequest): void {
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  for (const one of conditionsOf(request.status)) {
    one.lastUpdateTime ??= now;
    const same = conditionsOf(old.status).find(({ type, status }) => type === one.type && status === one.status);
    one.lastTransitionTime ??= same === undefined ? now : same.lastTransitionTime;
  }
}

/** Decisions are none of the signer's business: those that were there stay as they were. */
function keepDecisions(request: CertificateSigningRequest, old: CertificateSigningRequest): void {
  const { conditions } = request.status;
  if (conditions === undefined) return;
  request.status.conditions = conditions.map((one) => {
    if (one.type !== "Approved" && one.type !== "Denied") return one;
    const same = conditionsOf(old.status).find(({ type }) => type === one.type);
    return same === undefined ? one : { ...same };
  });
}

/** Asks for a certificate: somebody approves it, and the signer that it names issues it. */
@Native({
  group: "certificates.k8s.io",
  version: "v1",
  kind: "CertificateSigningRequest",
  scope: "Cluster",
  shortNames: ["csr"],
  nameFormat: "path-segment",
  status: true,
  parts: ["approval"],
  // Upstream has it so, though signers change the conditions by the status.
  resetFields: {
    "": ["spec", "status"],
    status: ["spec", "status.conditions"],
    approval: ["spec", "status.certificate"],
  },
})
@SelectableField(".spec.signerName")
@Column(AGE_COLUMN)
@Column({ name: "SignerName", type: "string", description: "Who is to sign", jsonPath: ".spec.signerName" })
@Column({ name: "Requestor", type: "string", description: "Who asked", jsonPath: ".spec.username" })
@Column({ name: "RequestedDuration", type: "string", description: "How long it is to be valid", value: durationCell })
@Column({ name: "Condition", type: "string", description: "What became of it", value: conditionCell })
export class CertificateSigningRequest extends ApiObject {
  override spec!: certificates.CertificateSigningRequest["spec"];
  override status!: certificates.CertificateSigningRequest["status"];

  override async authorize(old: this | undefined, { user, services, subresource }: HookContext): Promise<void> {
    if (old === undefined) return restrictSubject(this);
    const { signerName } = old.spec;
    const { certificate, conditions = [] } = this.status;
    const signs =
      subresource === "status" &&
      (certificate !== old.status.certificate || !isDeepStrictEqual(conditions, conditionsOf(old.status)));
    if (!signs && subresource !== "approval") return;
    const verb = signs ? "sign" : "approve";
    if (await maySign(services, user, verb, signerName)) return;
    const why = `user not permitted to ${verb} requests with signerName ${JSON.stringify(signerName)}`;
    throw StatusError.forbidden(RESOURCE, old.metadata.name ?? "", why);
  }

  override prepareForCreate({ user }: HookContext): void {
    const { request, signerName, expirationSeconds, usages } = this.spec;
    this.spec = {
      request,
      signerName,
      ...(expirationSeconds === undefined ? {} : { expirationSeconds }),
      ...(usages === undefined ? {} : { usages }),
      ...userInfoOf(user),
    };
    this.status = {};
  }

  override prepareForUpdate(old: this): void {
    this.spec = old.spec;
  }

  override prepareForPartUpdate(old: this, { subresource }: HookContext): void {
    this.spec = old.spec;
    if (subresource === "status") keepDecisions(this, old);
    else {
      const { conditions } = this.status;
      this.status = { ...old.status };
      if (conditions === undefined) delete this.status.conditions;
      else this.status.conditions = conditions;
    }
    stampConditions(this, old);
  }

  override validate(errors: FieldErrors): void {
    checkSpec(this.spec, errors);
    checkConditions(this.status, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource = "" }: HookContext): void {
    checkStatusUpdate(this.status, old.status, subresource, errors);
  }
}
