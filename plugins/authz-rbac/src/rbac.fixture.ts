import { type KubeObject, StatusError } from "@quarterdeck/meta";
import {
  Client,
  type Constructor,
  type Lister,
  Logger,
  type ResourceClient,
  type ResourceReference,
} from "@quarterdeck/sdk";
import { MemoryLister } from "./memory-lister.fixture.js";
import { Rbac } from "./rbac.js";

class Silent extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

type Listers = { readonly [resource: string]: MemoryLister };

/** Writes to the listers of a test, and counts. */
class ListerClient extends Client {
  writes = 0;
  #revision = 0;

  constructor(private readonly listers: Listers) {
    super();
  }

  resource<T extends object>(target: Constructor<T>): ResourceClient<T>;
  resource(target: ResourceReference): ResourceClient;
  resource(target: Constructor | ResourceReference): ResourceClient {
    const { resource = "" } = Object(target);
    const lister = this.listers[String(resource)];
    if (lister === undefined) throw new Error(`no ${resource}`);
    const put = async (object: KubeObject): Promise<KubeObject> => {
      this.writes++;
      const { metadata } = object;
      const stored = { ...object, metadata: { ...metadata, resourceVersion: String(++this.#revision) } };
      lister.put(stored);
      return structuredClone(stored);
    };
    const missing = (name: string) => StatusError.notFound({ group: "rbac.authorization.k8s.io", resource }, name);
    return {
      get: async ({ name, namespace = "" }: { name: string; namespace?: string }) => {
        const found = lister.get(name, namespace);
        if (found === undefined) throw missing(name);
        return structuredClone(found);
      },
      list: async () => lister.list(),
      create: put,
      update: put,
      updateStatus: put,
      createSubresource: async () => {
        throw new RangeError("no subresources");
      },
      updateSubresource: put,
      patch: async () => {
        throw new RangeError("no patches");
      },
      deleteCollection: async () => {
        throw new RangeError("no collections");
      },
      delete: async ({ name, namespace = "" }: { name: string; namespace?: string }) => {
        this.writes++;
        const found = lister.get(name, namespace);
        if (found === undefined) throw missing(name);
        lister.remove(found);
      },
    };
  }

  as(): Client {
    return this;
  }
  within(): Client {
    return this;
  }

  transaction<T>(run: (client: Client) => Promise<T>): Promise<T> {
    return run(this);
  }
}

/** An authorizer over objects that a test writes. */
export function makeRbac(objects: readonly KubeObject[] = [], bootstrapPolicy = false) {
  const of = (kind: string): MemoryLister => new MemoryLister(objects.filter((one) => one.kind === kind));
  const listers = {
    clusterroles: of("ClusterRole"),
    clusterrolebindings: of("ClusterRoleBinding"),
    roles: of("Role"),
    rolebindings: of("RoleBinding"),
  };
  const client = new ListerClient(listers);
  const all: readonly Lister[] = [
    listers.clusterroles,
    listers.clusterrolebindings,
    listers.roles,
    listers.rolebindings,
  ];
  const [clusterRoles, clusterRoleBindings, roles, roleBindings] = all;
  if (!clusterRoles || !clusterRoleBindings || !roles || !roleBindings) throw new Error("a lister is missing");
  const rbac = new Rbac(
    { bootstrapPolicy },
    clusterRoles,
    clusterRoleBindings,
    roles,
    roleBindings,
    client,
    new Silent(),
  );
  return { rbac, client, listers };
}
