import { requestCertificate } from "@quarterdeck/kernel/certificates";
import { controllerContract } from "@quarterdeck/testing/controller-contract";
import plugin from "./index.js";

const PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

controllerContract({
  plugin,
  config: { authorization: ["always-allow"] },
  work: {
    async give(server, name) {
      const subject = { user: `system:node:${name}`, groups: ["system:nodes"] };
      const request = Buffer.from((await requestCertificate(subject)).request).toString("base64");
      const signerName = "kubernetes.io/kube-apiserver-client-kubelet";
      const spec = { request, signerName, usages: ["digital signature", "client auth"] };
      await server.request(PATH, { method: "POST", body: { metadata: { name }, spec } });
    },
    async isDone(server, name) {
      const found = (await server.request(`${PATH}/${name}`)).json<{ status?: { conditions?: object[] } }>();
      return found.status?.conditions?.length === 1;
    },
  },
});
