import {
  CoreV1Api,
  CustomObjectsApi,
  type Informer,
  KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
  makeInformer,
  type ObjectCache,
} from "@kubernetes/client-node";
import { COLLECTIONS, NAMESPACE } from "../process/collection.js";
import type { Follower } from "./follower.js";

type Cached = Informer<KubernetesObject> & ObjectCache<KubernetesObject>;

const RETRY = 200;

/** Starts the informers of @kubernetes/client-node, which are started again after an error as its manual says. */
export async function startNodeInformer(kubeconfig: string): Promise<Follower> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const custom = config.makeApiClient(CustomObjectsApi);
  const lists: { readonly [resource: string]: () => Promise<KubernetesListObject<KubernetesObject>> } = {
    configmaps: () => core.listNamespacedConfigMap({ namespace: NAMESPACE }),
    rollouts: () =>
      custom.listNamespacedCustomObject({
        group: "delivery.example.com",
        version: "v1",
        plural: "rollouts",
        namespace: NAMESPACE,
      }),
  };
  let stopped = false;
  const informers = new Map<string, Cached>();
  for (const { resource, path } of COLLECTIONS) {
    const list = lists[resource];
    if (list === undefined) throw new Error(`nothing lists ${resource}`);
    const informer = makeInformer(config, path, list);
    informer.on("error", () => {
      setTimeout(() => {
        if (!stopped) void informer.start();
      }, RETRY);
    });
    await informer.start();
    informers.set(resource, informer);
  }
  return {
    name: "@kubernetes/client-node",
    holdings: async () => new Map([...informers].map(([resource, informer]) => [resource, holdingsOf(informer)])),
    stop: async () => {
      stopped = true;
      for (const informer of informers.values()) await informer.stop();
    },
  };
}

function holdingsOf(informer: Cached): ReadonlyMap<string, string> {
  const objects = informer.list(NAMESPACE);
  return new Map(objects.map(({ metadata }) => [metadata?.name ?? "", metadata?.resourceVersion ?? ""]));
}
