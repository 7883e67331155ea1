import { controllerContract } from "@quarterdeck/testing/controller-contract";
import plugin from "./index.js";

const PATH = "/api/v1/namespaces";

controllerContract({
  plugin,
  work: {
    async give(server, name) {
      await server.request(PATH, { method: "POST", body: { metadata: { name } } });
      await server.request(`${PATH}/${name}/configmaps`, { method: "POST", body: { metadata: { name: "a" } } });
      await server.request(`${PATH}/${name}`, { method: "DELETE" });
    },
    isDone: async (server, name) => (await server.request(`${PATH}/${name}`)).status === 404,
  },
});
