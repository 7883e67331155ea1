import { controllerContract } from "@quarterdeck/testing/controller-contract";
import plugin from "./index.js";

const OBJECTS = [
  "/api/v1/namespaces/default/services/kubernetes",
  "/api/v1/namespaces/default/endpoints/kubernetes",
  "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes",
];

controllerContract({
  plugin,
  seldom: true,
  options: { advertiseAddress: "192.0.2.1" },
  work: {
    async give(server) {
      for (const path of OBJECTS) await server.request(path, { method: "DELETE" });
    },
    async isDone(server) {
      const answers = await Promise.all(OBJECTS.map((path) => server.request(path)));
      return answers.every(({ status }) => status === 200);
    },
  },
});
