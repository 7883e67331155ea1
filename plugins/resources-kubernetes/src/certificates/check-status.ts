import { X509Certificate } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { FieldErrors } from "@quarterdeck/meta";
import type { CertificateSigningRequestCondition, CertificateSigningRequestStatus } from "../types/certificates-v1.js";
import { pemBlocks } from "./pem-blocks.js";

const DECISIONS: readonly string[] = ["Approved", "Denied"];
const KNOWN: readonly string[] = [...DECISIONS, "Failed"];
const STATUSES: readonly string[] = ["False", "True", "Unknown"];
const PATH = "status.conditions";

type Status = CertificateSigningRequestStatus;

/** The conditions of a status, none when there is none. */
export function conditionsOf(status: Status): readonly CertificateSigningRequestCondition[] {
  return status.conditions ?? [];
}

/** True when a condition of the type is there. */
function hasCondition(status: Status, type: string): boolean {
  return conditionsOf(status).some((one) => one.type === type);
}

function checkCondition(
  { type, status }: CertificateSigningRequestCondition,
  before: readonly CertificateSigningRequestCondition[],
  path: string,
  errors: FieldErrors,
): void {
  if (type === "") errors.required(`${path}.type`);
  const allowed = KNOWN.includes(type) ? ["True"] : STATUSES;
  if (status === "") errors.required(`${path}.status`);
  else if (!allowed.includes(status)) errors.notSupported(`${path}.status`, status, allowed);
  if (DECISIONS.includes(type) && before.some((one) => one.type !== type && DECISIONS.includes(one.type)))
    errors.invalid(`${path}.type`, type, "Approved and Denied conditions are mutually exclusive");
  if (before.some((one) => one.type === type)) errors.duplicate(`${path}.type`, type);
}

function certificateProblem(base64: string): string | undefined {
  const blocks = [...pemBlocks(Buffer.from(base64, "base64").toString("latin1"))];
  for (const { type, der, hasHeaders } of blocks) {
    if (type !== "CERTIFICATE") return `only CERTIFICATE PEM blocks are allowed, found ${JSON.stringify(type)}`;
    if (hasHeaders) return "no PEM block headers are permitted";
    if (der.length === 0) return "found CERTIFICATE PEM block containing 0 certificates";
    try {
      new X509Certificate(der);
    } catch {
      return "x509: malformed certificate";
    }
  }
  return blocks.length === 0 ? "must contain at least one CERTIFICATE PEM block" : undefined;
}

/** What is wrong with the conditions of a status. */
export function checkConditions(status: Status, errors: FieldErrors): void {
  const conditions = conditionsOf(status);
  for (const [index, condition] of conditions.entries())
    checkCondition(condition, conditions.slice(0, index), `${PATH}[${index}]`, errors);
}

/**
 * What an update may not do to a status: take a decision or a failure away, decide but through `/approval`, set a certificate
 * but through `/status`, or set it twice. As upstream tells it.
 */
export function checkStatusUpdate(status: Status, old: Status, part: string, errors: FieldErrors): void {
  for (const type of KNOWN) {
    if (hasCondition(old, type) && !hasCondition(status, type))
      errors.forbidden(PATH, `updates may not remove a condition of type ${JSON.stringify(type)}`);
  }
  const of = (one: Status, type: string) => conditionsOf(one).filter((condition) => condition.type === type);
  for (const type of part === "approval" ? [] : DECISIONS) {
    const [now, before] = [of(status, type), of(old, type)];
    const what = `a condition of type ${JSON.stringify(type)}`;
    if (now.length > before.length) errors.forbidden(PATH, `updates may not add ${what}`);
    else if (now.length === before.length && !isDeepStrictEqual(now, before))
      errors.forbidden(PATH, `updates may not modify ${what}`);
  }
  const [certificate = "", known = ""] = [status.certificate, old.certificate];
  if (certificate === known) return;
  const problem = certificate === "" ? undefined : certificateProblem(certificate);
  if (problem !== undefined) errors.invalid("status.certificate", "<certificate data>", problem);
  if (part !== "status") errors.forbidden("status.certificate", "updates may not set certificate content");
  else if (known !== "") errors.forbidden("status.certificate", "updates may not modify existing certificate content");
}
