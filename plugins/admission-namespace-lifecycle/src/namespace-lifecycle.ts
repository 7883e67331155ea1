import { type KubeObject, StatusError } from "@quarterdeck/meta";
import {
  type Admission,
  type AdmissionAttributes,
  type AdmissionOperation,
  type AdmissionVerdict,
  deny,
  Field,
  type Lister,
  ListerOf,
  refusedName,
} from "@quarterdeck/sdk";

const NAMESPACES = { group: "", resource: "namespaces" };

/** The options of the plugin. */
export class NamespaceLifecycleOptions {
  @Field({
    items: { type: "string", minLength: 1 },
    default: ["default", "kube-system", "kube-public"],
    description: "Namespaces that may not be deleted",
  })
  immortal!: string[];
}

/**
 * Upstream's NamespaceLifecycle: nothing is written into a namespace that does not exist, nothing is created in one
 * that is being deleted, and the immortal ones are never deleted. As upstream it runs in the mutating phase. Within a
 * transaction a namespace is what the operations before have made of it.
 */
export class NamespaceLifecycle implements Admission {
  constructor(
    private readonly options: NamespaceLifecycleOptions,
    @ListerOf(NAMESPACES) private readonly namespaces: Lister,
  ) {}

  handles(operation: AdmissionOperation): boolean {
    return operation !== "CONNECT";
  }

  mutate(attributes: AdmissionAttributes): AdmissionVerdict | Promise<AdmissionVerdict> {
    const { operation, resource, namespace, name } = attributes;
    if (resource.group === "" && resource.resource === "namespaces") {
      const immortal = operation === "DELETE" && this.options.immortal.includes(name);
      return immortal ? deny("this namespace may not be deleted") : undefined;
    }
    if (namespace === "" || operation === "DELETE" || isQuestion(attributes)) return undefined;
    const staged = attributes.staged?.(NAMESPACES, { name: namespace });
    if (staged === null) throw StatusError.notFound(NAMESPACES, namespace);
    const known = staged ?? this.namespaces.get(namespace);
    if (known === undefined) return this.#confirm(attributes);
    return refuseTerminating(attributes, known);
  }

  /** The cache may be behind a namespace that was made a moment ago, so absence is asked of the store. */
  async #confirm(attributes: AdmissionAttributes): Promise<AdmissionVerdict> {
    const known = await this.namespaces.getFresh(attributes.namespace);
    if (known === undefined) throw StatusError.notFound(NAMESPACES, attributes.namespace);
    return refuseTerminating(attributes, known);
  }
}

/** A review is answered, not kept, so the namespace that it asks about need not be there. */
function isQuestion({ resource }: AdmissionAttributes): boolean {
  return resource.group === "authorization.k8s.io" && resource.resource === "localsubjectaccessreviews";
}

function refuseTerminating(attributes: AdmissionAttributes, namespace: KubeObject): undefined {
  if (attributes.operation !== "CREATE" || namespace.metadata.deletionTimestamp === undefined) return undefined;
  const message = `unable to create new content in namespace ${attributes.namespace} because it is being terminated`;
  const { status } = StatusError.forbidden(attributes.resource, refusedName(attributes), message);
  const cause = {
    reason: "NamespaceTerminating",
    message: `namespace ${attributes.namespace} is being terminated`,
    field: "metadata.namespace",
  };
  throw new StatusError({ ...status, details: { ...status.details, causes: [cause] } });
}
