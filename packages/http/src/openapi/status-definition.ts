import type { JsonObject } from "@quarterdeck/meta";
import type { MetaReferences } from "./meta-references.js";
import { kindExtension, list, object, text, typeFields, whole } from "./schema-shorthand.js";

/** `Status`: what a request is answered with that failed, or that has no object to return. */
export function status(definitions: MetaReferences): JsonObject {
  return {
    ...object("Status is the answer to a request that returns no object, and to every one that failed.", {
      ...typeFields(),
      code: whole("The HTTP status code, 0 when unknown.", "int32"),
      details: definitions.meta("StatusDetails", {
        description: "More about the reason, in the form that belongs to it.",
        "x-kubernetes-list-type": "atomic",
      }),
      message: text("What happened, for people."),
      metadata: definitions.meta("ListMeta", { default: {}, description: "Metadata of the answer." }),
      reason: text("Why the request failed, in one word that programs may depend on."),
      status: text("`Success` or `Failure`."),
    }),
    ...kindExtension("Status", [{ group: "", version: "v1" }]),
  };
}

/** `StatusDetails`. */
export function statusDetails(definitions: MetaReferences): JsonObject {
  return object("StatusDetails says what a Status is about.", {
    causes: list("The single faults, when there are several.", definitions.meta("StatusCause"), {
      "x-kubernetes-list-type": "atomic",
    }),
    group: text("The group of the kind."),
    kind: text("The kind or resource that the answer is about."),
    name: text("The name of the object."),
    retryAfterSeconds: whole("How many seconds to wait before another attempt.", "int32"),
    uid: text("The uid of the object."),
  });
}

/** `StatusCause`. */
export function statusCause(): JsonObject {
  return object("StatusCause is one fault of a request.", {
    field: text("The path of the field at fault, such as `spec.steps[0].name`."),
    message: text("What is wrong with it, for people."),
    reason: text("What is wrong with it, in one word."),
  });
}
