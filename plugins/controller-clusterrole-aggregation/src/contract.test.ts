import { controllerContract } from "@quarterdeck/testing/controller-contract";
import plugin from "./index.js";

const PATH = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
const rules = [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }];

controllerContract({
  plugin,
  work: {
    async give(server, name) {
      const labels = { for: name };
      const aggregationRule = { clusterRoleSelectors: [{ matchLabels: labels }] };
      await server.request(PATH, { method: "POST", body: { metadata: { name }, aggregationRule } });
      await server.request(PATH, { method: "POST", body: { metadata: { name: `${name}-part`, labels }, rules } });
    },
    async isDone(server, name) {
      const role = (await server.request(`${PATH}/${name}`)).json<{ rules?: object[] | null }>();
      return role.rules?.length === 1;
    },
  },
});
