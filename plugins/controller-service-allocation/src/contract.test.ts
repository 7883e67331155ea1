import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { controllerContract } from "@quarterdeck/testing/controller-contract";
import plugin from "./index.js";

const SERVICES = "/api/v1/namespaces/default/services";
const ADDRESSES = "/apis/networking.k8s.io/v1/ipaddresses";

function clusterIpOf(object: KubeObject): string {
  const spec: unknown = object.spec;
  return isJsonObject(spec) ? String(spec.clusterIP) : "";
}

controllerContract({
  plugin,
  seldom: true,
  work: {
    async give(server, name) {
      const body = { metadata: { name }, spec: { ports: [{ port: 80 }] } };
      const made = await server.request(SERVICES, { method: "POST", body });
      await server.request(`${ADDRESSES}/${clusterIpOf(made.json<KubeObject>())}`, { method: "DELETE" });
    },
    async isDone(server, name) {
      const service = (await server.request(`${SERVICES}/${name}`)).json<KubeObject>();
      const address = await server.request(`${ADDRESSES}/${clusterIpOf(service)}`);
      const cidr = await server.request("/apis/networking.k8s.io/v1/servicecidrs/kubernetes");
      return address.status === 200 && cidr.status === 200;
    },
  },
});
