import type { KubeObject } from "@quarterdeck/meta";
import { controllerContract } from "@quarterdeck/testing/controller-contract";
import plugin from "./index.js";

const PATH = "/api/v1/namespaces/default/configmaps";

controllerContract({
  plugin,
  work: {
    async give(server, name) {
      const create = async (metadata: object) =>
        (await server.request(PATH, { method: "POST", body: { metadata } })).json<KubeObject>();
      const { uid } = (await create({ name: `${name}-owner` })).metadata;
      const owner = { apiVersion: "v1", kind: "ConfigMap", name: `${name}-owner`, uid };
      await create({ name, ownerReferences: [owner] });
      await server.request(`${PATH}/${name}-owner`, { method: "DELETE" });
    },
    isDone: async (server, name) => (await server.request(`${PATH}/${name}`)).status === 404,
  },
});
