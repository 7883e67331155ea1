/** A cluster-scoped object names an owner of a kind with namespaces, which nothing can find and nothing will mend. */
export class NamespacedOwnerError extends Error {
  constructor(apiVersion: string, kind: string) {
    super(`a cluster-scoped object cannot have an owner in a namespace, as ${apiVersion}/${kind}`);
    this.name = "NamespacedOwnerError";
  }
}
