import type { JsonObject } from "@quarterdeck/meta";
import type { MetaReferences } from "./meta-references.js";
import { flag, list, object, text, textMap, whole } from "./schema-shorthand.js";

/** `ObjectMeta`: what every stored object carries. */
export function objectMeta(definitions: MetaReferences): JsonObject {
  const time = (description: string): JsonObject => definitions.meta("Time", { description });
  return object("ObjectMeta is the metadata of an object: who it is, where it lives and how it may be deleted.", {
    annotations: textMap("Free-form values that tools keep on the object. They cannot be selected by."),
    creationTimestamp: time("When the server stored the object for the first time. Set by the server."),
    deletionGracePeriodSeconds: whole(
      "How many seconds the object may take to end once it is being deleted. Set by the server.",
    ),
    deletionTimestamp: time(
      "When the object goes away, set by the server after a delete request. The object stays until its finalizers are gone.",
    ),
    finalizers: list(
      "Names of the parties that must act before the object can go away. Each one removes its own entry.",
      { type: "string" },
      { "x-kubernetes-list-type": "set", "x-kubernetes-patch-strategy": "merge" },
    ),
    generateName: text("A prefix from which the server makes a unique name, when the object has no name."),
    generation: whole("Counts the changes of the desired state. Set by the server."),
    labels: textMap("Values by which the object can be selected."),
    managedFields: list(
      "Which manager set which fields. Kept by the server, for server-side apply.",
      definitions.meta("ManagedFieldsEntry"),
      { "x-kubernetes-list-type": "atomic" },
    ),
    name: text("The name, unique among the objects of its kind in its namespace. It cannot be changed."),
    namespace: text("The namespace in which the name is unique; empty for cluster-wide objects. It cannot be changed."),
    ownerReferences: list(
      "The objects that this one depends on. When all of them are gone, it is collected.",
      definitions.meta("OwnerReference"),
      {
        "x-kubernetes-list-map-keys": ["uid"],
        "x-kubernetes-list-type": "map",
        "x-kubernetes-patch-merge-key": "uid",
        "x-kubernetes-patch-strategy": "merge",
      },
    ),
    resourceVersion: text(
      "The version of the stored object, opaque to clients. Sent back with an update, it makes the update fail when the object has changed since.",
    ),
    selfLink: text("No longer set."),
    uid: text("Tells this object from every other, also from earlier ones of its name. Set by the server."),
  });
}

/** `OwnerReference`. */
export function ownerReference(): JsonObject {
  return {
    ...object(
      "OwnerReference names an object, of the same namespace or cluster-wide, that owns another one.",
      {
        apiVersion: text("The owner's group and version."),
        blockOwnerDeletion: flag("Foreground deletion of the owner waits until this reference is gone."),
        controller: flag("The owner is the controller that manages the object. At most one owner is."),
        kind: text("The owner's kind."),
        name: text("The owner's name."),
        uid: text("The owner's uid."),
      },
      ["apiVersion", "kind", "name", "uid"],
    ),
    "x-kubernetes-map-type": "atomic",
  };
}

/** `ManagedFieldsEntry`. */
export function managedFieldsEntry(definitions: MetaReferences): JsonObject {
  return object("ManagedFieldsEntry tells the fields that one manager has set.", {
    apiVersion: text("The group and version in which the manager wrote."),
    fieldsType: text("The form of the field set; `FieldsV1` is the only one."),
    fieldsV1: definitions.meta("FieldsV1", { description: "The field set." }),
    manager: text("The name of the manager."),
    operation: text("How the manager wrote: `Apply` or `Update`."),
    subresource: text("The subresource through which it wrote, if any."),
    time: definitions.meta("Time", { description: "When the field set last changed." }),
  });
}

/** `FieldsV1`. */
export function fieldsV1(): JsonObject {
  return {
    description:
      "FieldsV1 is a set of field paths as a tree: keys are `f:<field>`, `k:<list keys>`, `v:<value>` or `i:<index>`.",
    type: "object",
  };
}

/** `ListMeta`. */
export function listMeta(): JsonObject {
  return object("ListMeta is the metadata of a list.", {
    continue: text("Set when there is more: the token that asks for the next part."),
    remainingItemCount: whole("How many items follow this part, when the server knows."),
    resourceVersion: text("The version of the collection at which it was read; a watch may start from it."),
    selfLink: text("No longer set."),
  });
}
