import type { GroupVersion, JsonObject } from "@quarterdeck/meta";
import type { MetaReferences } from "./meta-references.js";
import { flag, kindExtension, list, object, text, typeFields, whole } from "./schema-shorthand.js";

const CORE: GroupVersion = { group: "", version: "v1" };

function withCore(groupVersions: readonly GroupVersion[]): GroupVersion[] {
  return [CORE, ...groupVersions.filter(({ group, version }) => group !== "" || version !== "v1")];
}

/** `DeleteOptions`, which every group has under its own name. */
export function deleteOptions(definitions: MetaReferences, groupVersions: readonly GroupVersion[]): JsonObject {
  return {
    ...object("DeleteOptions may be sent with a delete request.", {
      ...typeFields(),
      dryRun: list(
        "`All`: do everything but store the change.",
        { type: "string" },
        { "x-kubernetes-list-type": "atomic" },
      ),
      gracePeriodSeconds: whole("Seconds that the object gets to end; 0 deletes at once. Without it the kind decides."),
      ignoreStoreReadErrorWithClusterBreakingPotential: flag(
        "Removes an object that cannot be read from the store, unread. Nothing that holds it is asked, so what depends on it may break.",
      ),
      orphanDependents: flag("Superseded by propagationPolicy: whether to leave the dependents alone."),
      preconditions: definitions.meta("Preconditions", { description: "Must hold, else nothing is deleted (409)." }),
      propagationPolicy: text(
        "What becomes of the dependents: `Orphan` leaves them, `Background` deletes them afterwards, `Foreground` deletes them first.",
      ),
    }),
    ...kindExtension("DeleteOptions", withCore(groupVersions)),
  };
}

/** `Preconditions`. */
export function preconditions(): JsonObject {
  return object("Preconditions must hold for a request to be carried out.", {
    resourceVersion: text("The object has this version."),
    uid: text("The object has this uid."),
  });
}

/** `Patch`: an object or a list, by its media type. */
export function patch(): JsonObject {
  return { description: "Patch is the body of a PATCH request; its form follows from its media type.", type: "object" };
}

/** `WatchEvent`, which every group has under its own name. */
export function watchEvent(definitions: MetaReferences, groupVersions: readonly GroupVersion[]): JsonObject {
  return {
    ...object(
      "WatchEvent is one line of a watch.",
      {
        object: definitions.meta("RawExtension", {
          description:
            "The object as it is after the change (before it, when deleted); with BOOKMARK only its resourceVersion; with ERROR a Status.",
        }),
        type: text("`ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK` or `ERROR`."),
      },
      ["type", "object"],
    ),
    ...kindExtension("WatchEvent", withCore(groupVersions)),
  };
}

/** `RawExtension`. */
export function rawExtension(): JsonObject {
  return { description: "RawExtension is an object of any kind.", type: "object" };
}
