import { requestCertificate } from "@quarterdeck/kernel/certificates";
import { controllerContract } from "@quarterdeck/testing/controller-contract";
import plugin from "./index.js";

const PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

controllerContract({
  plugin,
  work: {
    async give(server, name) {
      const request = Buffer.from((await requestCertificate({ user: name })).request).toString("base64");
      const spec = { request, signerName: "kubernetes.io/kube-apiserver-client", usages: ["client auth"] };
      await server.request(PATH, { method: "POST", body: { metadata: { name }, spec } });
      const status = { conditions: [{ type: "Approved", status: "True", reason: "Test" }] };
      const headers = { "content-type": "application/merge-patch+json" };
      await server.request(`${PATH}/${name}/approval`, { method: "PATCH", headers, body: { status } });
    },
    async isDone(server, name) {
      const found = (await server.request(`${PATH}/${name}`)).json<{ status?: { certificate?: string } }>();
      return found.status?.certificate !== undefined;
    },
  },
});
