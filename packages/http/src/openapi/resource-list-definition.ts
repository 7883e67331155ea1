import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import type { MetaReferences } from "./meta-references.js";
import { flag, kindExtension, list, object, text, typeFields, whole } from "./schema-shorthand.js";

/** `APIResourceList`: a discovery document. */
export function apiResourceList(definitions: MetaReferences): JsonObject {
  return {
    ...object(
      "APIResourceList tells the resources of one version of a group.",
      {
        ...typeFields(),
        groupVersion: text("The group and version."),
        resources: list("The resources and their subresources.", definitions.meta("APIResource"), {
          "x-kubernetes-list-type": "atomic",
        }),
      },
      ["groupVersion", "resources"],
    ),
    ...kindExtension("APIResourceList", [{ group: "", version: "v1" }]),
  };
}

/** `APIResource`: a row of it. */
export function apiResource(): JsonObject {
  const names = (description: string): JsonObject =>
    list(description, { type: "string" }, { "x-kubernetes-list-type": "atomic" });
  return object(
    "APIResource tells the names of a resource and what can be done with it.",
    {
      categories: names("The groups of resources, such as `all`, that it can be listed with."),
      group: text("The group of the kind, when it is not that of the list."),
      kind: text("The kind of its objects."),
      name: text("The plural name; with a slash for a subresource."),
      namespaced: flag("Whether its objects live in namespaces."),
      shortNames: names("Names that are quicker to type."),
      singularName: text("The singular name."),
      storageVersionHash: text("Changes when the version changes in which objects are stored. Opaque."),
      verbs: names("What can be done with it."),
      version: text("The version of the kind, when it is not that of the list."),
    },
    ["name", "singularName", "namespaced", "kind", "verbs"],
  );
}

/** Zero values of Go are defaults, but not to Swagger 2.0. */
function zero({ dialect }: MetaReferences, value: JsonValue = 0): JsonObject {
  return dialect === "v3" ? { default: value } : {};
}

/** `autoscaling/v1 Scale`. */
export function scale(definitions: MetaReferences): JsonObject {
  return {
    ...object("Scale is a request to scale an object, and how far it has got.", {
      ...typeFields(),
      metadata: definitions.meta("ObjectMeta", {
        ...zero(definitions, {}),
        description: "The metadata of the scaled object.",
      }),
      spec: definitions.meta("ScaleSpec", {
        ...zero(definitions, {}),
        description: "How many replicas there should be.",
      }),
      status: definitions.meta("ScaleStatus", { ...zero(definitions, {}), description: "How many there are." }),
    }),
    ...kindExtension("Scale", [{ group: "autoscaling", version: "v1" }]),
  };
}

/** `ScaleSpec`. */
export function scaleSpec(definitions: MetaReferences): JsonObject {
  return object("ScaleSpec is the desired scale.", {
    replicas: { ...whole("The desired number of replicas.", "int32"), ...zero(definitions) },
  });
}

/** `ScaleStatus`. */
export function scaleStatus(definitions: MetaReferences): JsonObject {
  return object(
    "ScaleStatus is the observed scale.",
    {
      replicas: { ...whole("The observed number of replicas.", "int32"), ...zero(definitions) },
      selector: text("Selects the replicas, in the text form of a label selector."),
    },
    ["replicas"],
  );
}
