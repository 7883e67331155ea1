import { controllerContract } from "@quarterdeck/testing/controller-contract";
import plugin from "./index.js";

const DEFAULT = "/api/v1/namespaces/default";

controllerContract({
  plugin,
  work: {
    async give(server, name) {
      const spec = { hard: { "count/secrets": "5" } };
      await server.request(`${DEFAULT}/resourcequotas`, { method: "POST", body: { metadata: { name }, spec } });
      await server.request(`${DEFAULT}/secrets`, { method: "POST", body: { metadata: { name } } });
    },
    async isDone(server, name) {
      const { items } = (await server.request(`${DEFAULT}/secrets`)).json<{ items: object[] }>();
      const quota = await server.request(`${DEFAULT}/resourcequotas/${name}`);
      const { status } = quota.json<{ status?: { used?: { [name: string]: string } } }>();
      return status?.used?.["count/secrets"] === String(items.length);
    },
  },
});
