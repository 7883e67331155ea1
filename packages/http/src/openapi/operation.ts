import type { GroupVersion, GroupVersionKind, JsonObject } from "@quarterdeck/meta";
import type { ParameterModel } from "./parameter.js";

/** The HTTP methods that objects are reached with. */
type OperationMethod = "get" | "post" | "put" | "patch" | "delete";

/** What an operation takes as its body. */
export interface OperationBody {
  readonly schema: JsonObject;
  readonly mediaTypes: readonly string[];
  readonly required: boolean;
}

/** One method of one path, in no dialect yet. */
export interface OperationModel {
  readonly method: OperationMethod;
  readonly operationId: string;
  readonly description: string;
  readonly tag: string;
  /** `x-kubernetes-action`; absent for what acts on no kind. */
  readonly action?: string;
  readonly kind?: GroupVersionKind;
  readonly parameters: readonly ParameterModel[];
  readonly body?: OperationBody;
  readonly produces: readonly string[];
  /** The schema of the answer by status code, beside 401. */
  readonly responses: readonly (readonly [code: number, schema: JsonObject])[];
}

/** A path and its methods. */
export interface PathModel {
  readonly path: string;
  /** Those that every method takes. */
  readonly parameters: readonly ParameterModel[];
  readonly operations: readonly OperationModel[];
}

/** Status texts of the answers that the documents name. */
export const RESPONSE_TEXTS: { readonly [code: number]: string } = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  401: "Unauthorized",
};

/** A name as part of an identifier, as upstream's `ToValidOperationID`: punctuation goes, what follows it is capital. */
export function identifierPart(name: string, capital: boolean): string {
  let up = capital;
  let part = "";
  for (const [index, char] of [...name].entries()) {
    if (/[A-Za-z_]/.test(char) || (index > 0 && /[0-9]/.test(char))) {
      part += up ? char.toUpperCase() : char;
      up = false;
    } else {
      up = true;
    }
  }
  return part;
}

function groupName({ group }: GroupVersion): string {
  return group === "" ? "core" : group.replace(/\.k8s\.io$/, "");
}

/** `CoreV1`, `DeliveryExampleComV1`: what follows the verb in an operationId. */
export function operationScope(of: GroupVersion): string {
  return identifierPart(groupName(of), true) + identifierPart(of.version, true);
}

/** `core_v1`, `deliveryExampleCom_v1`: the tag of every operation of a version. */
export function operationTag(of: GroupVersion): string {
  return `${identifierPart(groupName(of), false)}_${identifierPart(of.version, false)}`;
}
