import { requestCertificate } from "@quarterdeck/kernel/certificates";
import { controllerContract } from "@quarterdeck/testing/controller-contract";
import plugin from "./index.js";

const PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

controllerContract({
  plugin,
  seldom: true,
  work: {
    async give(server, name) {
      const request = Buffer.from((await requestCertificate({ user: name })).request).toString("base64");
      const spec = { request, signerName: "kubernetes.io/kube-apiserver-client", usages: ["client auth"] };
      await server.request(PATH, { method: "POST", body: { metadata: { name }, spec } });
      const denied = { type: "Denied", status: "True", reason: "Test", lastUpdateTime: "2020-01-01T00:00:00Z" };
      const headers = { "content-type": "application/merge-patch+json" };
      const body = { status: { conditions: [denied] } };
      await server.request(`${PATH}/${name}/approval`, { method: "PATCH", headers, body });
    },
    isDone: async (server, name) => (await server.request(`${PATH}/${name}`)).status === 404,
  },
});
