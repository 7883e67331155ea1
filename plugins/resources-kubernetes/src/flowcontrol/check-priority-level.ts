import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../checks/check-enum.js";
import { sameJson } from "../checks/same-json.js";
import type {
  ExemptPriorityLevelConfiguration,
  LimitedPriorityLevelConfiguration,
  LimitResponse,
  PriorityLevelConfigurationSpec,
  QueuingConfiguration,
} from "../types/flowcontrol-v1.js";
import { MANDATORY_PRIORITY_LEVELS } from "./mandatory-specs.js";

const TYPES: readonly string[] = ["Exempt", "Limited"];
const RESPONSES: readonly string[] = ["Queue", "Reject"];
const MAX_QUEUES = 10_000_000;
/** The bits of a hash that choose the hand of a flow. */
const MAX_HASH_BITS = 60;

/** Checks the spec of the priority level of this name, as upstream's validation and then what its types declare of unions. */
export function checkPriorityLevelSpec(spec: PriorityLevelConfigurationSpec, name: string, errors: FieldErrors): void {
  const { type, limited, exempt } = spec;
  if ((name === "exempt") !== (type === "Exempt"))
    errors.invalid("spec.type", type, "must be 'Exempt' if and only if `name` is 'exempt'");
  if (type === "Exempt" && exempt !== undefined) checkExempt(exempt, "spec.exempt", errors);
  if (type === "Limited" && limited !== undefined) checkLimited(limited, "spec.limited", errors);
  if (type !== "") checkEnum(type, TYPES, "spec.type", errors);
  checkFixed(spec, name, errors);
  checkUnions(spec, errors);
}

function checkUnions({ type, limited, exempt }: PriorityLevelConfigurationSpec, errors: FieldErrors): void {
  if (type !== "Exempt" && exempt !== undefined) errors.forbidden("spec.exempt");
  if (type !== "Limited" && limited !== undefined) errors.forbidden("spec.limited");
  if (type === "Limited" && limited === undefined) errors.required("spec.limited");
  if (type === "") errors.required("spec.type");
  const response = limited?.limitResponse;
  if (response === undefined) return;
  const path = "spec.limited.limitResponse";
  if (response.type !== "Queue" && response.queuing !== undefined) errors.forbidden(`${path}.queuing`);
  if (response.type === "Queue" && response.queuing === undefined) errors.required(`${path}.queuing`);
  if (response.type === "") errors.required(`${path}.type`);
}

/** Of `exempt` an admin may say what it reserves and lends; all else of the mandatory levels stays as it is. */
function checkFixed(spec: PriorityLevelConfigurationSpec, name: string, errors: FieldErrors): void {
  const fixed = MANDATORY_PRIORITY_LEVELS.get(name);
  if (fixed === undefined) return;
  if (name === "exempt") {
    if (!sameJson({ ...spec, exempt: fixed.exempt }, fixed))
      errors.invalid("spec", spec, `spec of '${name}' except the 'spec.exempt' field must equal the fixed value`);
  } else if (!sameJson(spec, fixed)) errors.invalid("spec", spec, `spec of '${name}' must equal the fixed value`);
}

function checkShares(shares: number | null | undefined, path: string, errors: FieldErrors): void {
  if (typeof shares === "number" && shares < 0)
    errors.invalid(`${path}.nominalConcurrencyShares`, shares, "must be a non-negative integer");
}

function checkLendable(percent: number | undefined, path: string, errors: FieldErrors): void {
  if (percent !== undefined && (percent < 0 || percent > 100))
    errors.invalid(`${path}.lendablePercent`, percent, "must be between 0 and 100, inclusive");
}

function checkExempt(exempt: ExemptPriorityLevelConfiguration, path: string, errors: FieldErrors): void {
  checkShares(exempt.nominalConcurrencyShares, path, errors);
  checkLendable(exempt.lendablePercent, path, errors);
}

function checkLimited(limited: LimitedPriorityLevelConfiguration, path: string, errors: FieldErrors): void {
  checkShares(limited.nominalConcurrencyShares, path, errors);
  checkResponse(limited.limitResponse, `${path}.limitResponse`, errors);
  checkLendable(limited.lendablePercent, path, errors);
  const borrowing = limited.borrowingLimitPercent;
  if (borrowing !== undefined && borrowing < 0)
    errors.invalid(`${path}.borrowingLimitPercent`, borrowing, "if specified, must be a non-negative integer");
}

function checkResponse({ type, queuing }: LimitResponse, path: string, errors: FieldErrors): void {
  if (type !== "") checkEnum(type, RESPONSES, `${path}.type`, errors);
  if (type === "Queue" && queuing !== undefined) checkQueuing(queuing, `${path}.queuing`, errors);
}

function checkQueuing(
  { queues, handSize, queueLengthLimit }: QueuingConfiguration,
  path: string,
  errors: FieldErrors,
): void {
  if (queueLengthLimit <= 0) errors.invalid(`${path}.queueLengthLimit`, queueLengthLimit, "must be positive");
  if (queues <= 0) errors.invalid(`${path}.queues`, queues, "must be positive");
  else if (queues > MAX_QUEUES) errors.invalid(`${path}.queues`, queues, `must not be greater than ${MAX_QUEUES}`);
  const hand = `${path}.handSize`;
  if (handSize <= 0) errors.invalid(hand, handSize, "must be positive");
  else if (handSize > queues) errors.invalid(hand, handSize, `should not be greater than queues (${queues})`);
  else if (Math.ceil(Math.log2(queues) * handSize) > MAX_HASH_BITS) {
    const what = `required entropy bits of deckSize ${queues} and handSize ${handSize}`;
    errors.invalid(hand, handSize, `${what} should not be greater than ${MAX_HASH_BITS}`);
  }
}
