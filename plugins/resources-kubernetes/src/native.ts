import { type ApiObject, type Constructor, Resource, type ResourceOptions, Structured } from "@quarterdeck/sdk";
import { nativeMessage } from "./facts/native-message.js";
import { nativeSchema } from "./facts/native-schema.js";

/** What `@Native` takes beside what `@Resource` does; the facts know the fields and the descriptions. */
export interface NativeOptions extends Omit<ResourceOptions, "description"> {
  /** Changes of the spec raise `metadata.generation`, as upstream's strategy of the kind has it. */
  readonly generation?: boolean;
  /** The kind has a `/status`; writing that may change the metadata too unless `statusMetadata` is false. */
  readonly status?: boolean;
  /** The place in the facts, such as `apps/v1`; default: the first label of the group (`core` without one) and the version. */
  readonly facts?: string;
}

function placeOf({ group, version, facts }: Pick<NativeOptions, "group" | "version" | "facts">): string {
  if (facts !== undefined) return facts;
  const [name = ""] = group.split(".");
  return `${PLACES.get(group) ?? (name === "" ? "core" : name)}/${version}`;
}

/** Groups whose Go package is not called as they are. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ["internal.apiserver.k8s.io", "apiserverinternal"],
  ["rbac.authorization.k8s.io", "rbac"],
  ["flowcontrol.apiserver.k8s.io", "flowcontrol"],
]);

const OPTIONS = new WeakMap<object, NativeOptions>();

/** What `@Native` was given for exactly this class. */
export function nativeOptions(owner: object): NativeOptions | undefined {
  return OPTIONS.get(owner);
}

/** Declares a class as one version of a kind of Kubernetes whose fields are those that the facts have. */
export function Native(options: NativeOptions): (owner: Constructor<ApiObject>) => void {
  const { generation, status, facts: _facts, ...resource } = options;
  const type = `${placeOf(options)}.${options.kind}`;
  return (owner) => {
    OPTIONS.set(owner, options);
    Resource({ statusMetadata: status === true, ...resource })(owner);
    const parts = { ...(generation ? { spec: "spec" } : {}), ...(status ? { status: "status" } : {}) };
    Structured(() => ({ schema: nativeSchema(type), message: nativeMessage(type) }), parts)(owner);
  };
}

/** Declares a class as the body of a subresource: a kind of Kubernetes that is no resource, such as `core/v1.Binding`. */
export function NativeBody(type: string): (owner: Constructor) => void {
  return Structured(() => ({ schema: nativeSchema(type), message: nativeMessage(type) }));
}
