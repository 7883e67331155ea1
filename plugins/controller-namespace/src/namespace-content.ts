import { formatApiVersion, type KubeObject, reasonOf, StatusError } from "@quarterdeck/meta";
import type { Client, ResourceClient, ServedResource } from "@quarterdeck/sdk";

/** What deleting the content of a namespace has led to. */
export interface NamespaceContent {
  /** Instances that are still there, by `resource.group`; none is named that has none. */
  readonly remaining: ReadonlyMap<string, number>;
  /** How many of them each finalizer holds. */
  readonly finalizers: ReadonlyMap<string, number>;
  /** What went wrong, one text for each resource. */
  readonly failures: readonly string[];
}

/** Objects go with their namespace, so that nothing has to wait for their dependents. */
const BACKGROUND = { propagationPolicy: "Background" } as const;

function isPods({ group, resource }: ServedResource): boolean {
  return group === "" && resource === "pods";
}

async function deleteEach(client: ResourceClient, namespace: string): Promise<void> {
  for (const { metadata } of await client.list({ namespace })) {
    try {
      await client.delete({ name: metadata.name ?? "", namespace }, BACKGROUND);
    } catch (error) {
      if (!StatusError.is(error) || error.reason !== "NotFound") throw error;
    }
  }
}

/** Deletes the content of one namespace and counts what is left. */
class ContentDeletion {
  readonly remaining = new Map<string, number>();
  readonly finalizers = new Map<string, number>();
  readonly failures: string[] = [];

  constructor(
    private readonly client: Client,
    private readonly namespace: string,
  ) {}

  /** Deletes what there is of one resource; a failure is kept, since others may still go. */
  async delete(resource: ServedResource): Promise<void> {
    const { namespace } = this;
    const client = this.client.resource(resource);
    try {
      if (resource.verbs.includes("deletecollection")) await client.deleteCollection({ namespace }, BACKGROUND);
      else if (resource.verbs.includes("list")) await deleteEach(client, namespace);
      if (resource.verbs.includes("list")) this.#count(resource, await client.list({ namespace }));
    } catch (error) {
      this.failures.push(reasonOf(error));
    }
  }

  #count(resource: ServedResource, objects: readonly KubeObject[]): void {
    if (objects.length === 0) return;
    this.remaining.set(`${resource.resource}.${resource.group}`, objects.length);
    for (const { metadata } of objects)
      for (const one of metadata.finalizers ?? []) this.finalizers.set(one, (this.finalizers.get(one) ?? 0) + 1);
    // Those that were marked go when their finalizers or their grace are over.
    if (objects.every(({ metadata }) => metadata.deletionTimestamp !== undefined)) return;
    const name = `${formatApiVersion(resource)}, Resource=${resource.resource}`;
    this.failures.push(`unexpected items still remain in namespace: ${this.namespace} for gvr: ${name}`);
  }
}

/** Deletes all that a namespace holds: pods first, and nothing else while there are any, as upstream. */
export async function deleteContent(
  client: Client,
  served: readonly ServedResource[],
  namespace: string,
): Promise<NamespaceContent> {
  const deletion = new ContentDeletion(client, namespace);
  const deletable = served.filter(({ namespaced, verbs }) => namespaced && verbs.includes("delete"));
  for (const resource of deletable.filter(isPods)) await deletion.delete(resource);
  if (deletion.remaining.size > 0) return deletion;
  for (const resource of deletable) if (!isPods(resource)) await deletion.delete(resource);
  return deletion;
}
