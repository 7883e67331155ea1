import { pluralOf, type ResourceOptions } from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import type { DecoratedClass } from "./compile-version.js";

/** Lists that all versions of a kind share. */
type SharedList = "shortNames" | "categories" | "withoutVerbs";

/** The names and habits of a kind. */
export type SharedOptions = Required<
  Pick<
    ResourceOptions,
    | "plural"
    | "singular"
    | "listKind"
    | "scope"
    | "nameFormat"
    | "createOnUpdate"
    | "unconditionalUpdate"
    | "garbageCollection"
    | "returnDeletedObject"
    | "statusMetadata"
    | "statusOnCreate"
    | "flavour"
    | "stored"
  >
> &
  Required<Pick<ResourceOptions, SharedList>> & {
    readonly ttlSeconds: number | undefined;
    readonly dependentsWarning: string | undefined;
    readonly resetFields: ResourceOptions["resetFields"] | undefined;
  };

function agreed<K extends keyof ResourceOptions>(
  versions: readonly DecoratedClass[],
  word: K,
): ResourceOptions[K] | undefined {
  let said: DecoratedClass | undefined;
  for (const version of versions) {
    if (version.options[word] === undefined) continue;
    said ??= version;
    const value = version.options[word];
    if (JSON.stringify(value) !== JSON.stringify(said.options[word])) {
      const place = new Place(version.owner.name, "@Resource");
      throw place
        .mistake(`all versions of a kind share ${word}, but ${said.owner.name} has another`, value)
        .from(version.source);
    }
  }
  return said?.options[word];
}

/** What the classes of one kind say together, defaults filled in; a disagreement is a mistake. */
export function sharedOptions(kind: string, versions: readonly DecoratedClass[]): SharedOptions {
  const flavour = agreed(versions, "flavour") ?? "typed";
  return {
    plural: agreed(versions, "plural") ?? pluralOf(kind),
    singular: agreed(versions, "singular") ?? kind.toLowerCase(),
    listKind: agreed(versions, "listKind") ?? `${kind}List`,
    scope: agreed(versions, "scope") ?? "Namespaced",
    nameFormat: agreed(versions, "nameFormat") ?? "subdomain",
    ttlSeconds: agreed(versions, "ttlSeconds"),
    createOnUpdate: agreed(versions, "createOnUpdate") ?? false,
    unconditionalUpdate: agreed(versions, "unconditionalUpdate") ?? flavour === "typed",
    garbageCollection: agreed(versions, "garbageCollection") ?? "background",
    dependentsWarning: agreed(versions, "dependentsWarning"),
    resetFields: agreed(versions, "resetFields"),
    returnDeletedObject: agreed(versions, "returnDeletedObject") ?? false,
    statusMetadata: agreed(versions, "statusMetadata") ?? false,
    statusOnCreate: agreed(versions, "statusOnCreate") ?? false,
    stored: agreed(versions, "stored") ?? true,
    flavour,
    shortNames: agreed(versions, "shortNames") ?? [],
    categories: agreed(versions, "categories") ?? [],
    withoutVerbs: agreed(versions, "withoutVerbs") ?? [],
  };
}
