import type { JsonObject } from "@quarterdeck/meta";
import { FieldErrors, formatFieldError, StatusError, setOwn } from "@quarterdeck/meta";
import type { SubresourceDescriptor } from "@quarterdeck/scheme";
import type { DecodedBody } from "@quarterdeck/wire";
import type { WriteRequest } from "../registry-resource.js";
import { strictComplaints } from "./strict-complaints.js";

/** Type and metadata that the input did not have but admission plugins expect. */
export const VIEW_KEYS = ["kind", "apiVersion", "metadata"] as const;

/** The body as the method's parameter: defaulted, pruned and checked by the input class, if there is one. */
export function readInput(
  request: WriteRequest,
  subresource: SubresourceDescriptor,
  body: DecodedBody | undefined,
): JsonObject {
  const given = body?.object ?? {};
  const { inputNormaliser, inputKind } = subresource;
  if (inputNormaliser === undefined) return given;
  const report = { unknown: [], errors: new FieldErrors() };
  const input = inputNormaliser.normalise(inputFields(given), report);
  const complaints = strictComplaints(request, report.unknown, body ?? { duplicates: [] });
  const [first] = report.errors.list;
  const detail = first === undefined ? complaints : formatFieldError(first);
  if (detail !== undefined) {
    const version = JSON.stringify((subresource.inputVersion ?? request.version).version);
    throw StatusError.badRequest(`${inputKind} in version ${version} cannot be handled as a ${inputKind}: ${detail}`);
  }
  const errors = new FieldErrors();
  inputNormaliser.validate(input, errors);
  if (!errors.empty) {
    const group = subresource.inputVersion?.group ?? request.version.group;
    throw StatusError.invalid({ group, kind: inputKind }, request.name, errors.list);
  }
  return input;
}

/** Clients may send kind, apiVersion and metadata with any input; they are no fields of its class. */
export function inputFields(given: JsonObject): JsonObject {
  const fields: JsonObject = {};
  for (const key of Object.keys(given)) {
    if (!VIEW_KEYS.some((one) => one === key)) setOwn(fields, key, given[key]);
  }
  return fields;
}
