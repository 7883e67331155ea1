import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { isJsonObject, StatusError } from "@quarterdeck/meta";
import type { DecodedBody } from "@quarterdeck/wire";
import { decodeObject } from "./decode/decode-object.js";
import { EncodedAnswer } from "./encoded-answer.js";
import { admitMutation, admitValidation } from "./prepare/admit.js";
import { applyDefaults } from "./prepare/apply-defaults.js";
import { authorizeWrite } from "./prepare/authorize-write.js";
import { hookContext } from "./prepare/hook-context.js";
import { matchNamespace } from "./prepare/match-request.js";
import { validateAnswered } from "./prepare/validate-object.js";
import type { RegistryResource, WriteRequest, Written } from "./registry-resource.js";

/**
 * POST to a resource that is not stored: decode, default, admit, validate, then the class answers. Metadata is not
 * checked, since no object is made: reviews come without a name. The class may answer a `Status` instead.
 */
export async function answerObject(
  resource: RegistryResource,
  request: WriteRequest,
  body: DecodedBody,
): Promise<Written | { readonly status: JsonObject }> {
  const object = decodeObject(resource, request, body);
  // Go clients send the empty status of their types; it is the server that answers.
  delete object.status;
  matchNamespace(resource, request, object);
  applyDefaults(request, object);
  const review = {
    operation: "CREATE",
    subresource: "",
    name: object.metadata.name ?? "",
    oldObject: undefined,
  } as const;
  const admitted = await admitMutation(resource, request, { ...review, object });
  await authorizeWrite(request, admitted, undefined);
  validateAnswered(request, admitted);
  await admitValidation(resource, request, { ...review, object: admitted });
  const answer = await answerOf(request, admitted);
  if (isStatus(answer)) return { status: answer };
  return { object: new EncodedAnswer(typed(request, answer)), created: true };
}

async function answerOf(request: WriteRequest, object: KubeObject): Promise<JsonObject> {
  const { hooks, kind } = request.version;
  const answer: unknown = await hooks.answer?.(object, hookContext(request, "CREATE"));
  if (!isJsonObject(answer)) throw StatusError.internal(new TypeError(`${kind} gave no answer`));
  return answer;
}

/** True for an answer that is no object of its resource but says how it went, as that to a Binding. */
function isStatus({ kind, apiVersion }: JsonObject): boolean {
  return kind === "Status" && apiVersion === "v1";
}

function typed(request: WriteRequest, answer: JsonObject): KubeObject {
  const { kind, apiVersion } = request.version;
  const metadata = isJsonObject(answer.metadata) ? answer.metadata : {};
  return { ...answer, kind, apiVersion, metadata };
}
