import { describe, expect, it } from "vitest";
import { type RequestedSubject, requestCertificate } from "../certificates/issue-certificates.js";
import { readAsked } from "../certificates/sign-request.js";
import { SIGNER_RULES } from "./certificate-usages.js";

const CLIENT = ["client auth", "digital signature"];
const SERVING = ["key encipherment", "server auth", "digital signature"];
const NODE: RequestedSubject = { user: "system:node:n1", groups: ["system:nodes"] };
const names = (given: RequestedSubject["names"]): RequestedSubject => ({ ...NODE, ...(given && { names: given }) });

describe("the rules of the signers", () => {
  it.each<[string, RequestedSubject, readonly string[], string | undefined]>([
    ["kube-apiserver-client-kubelet", NODE, CLIENT, undefined],
    ["kube-apiserver-client-kubelet", NODE, [...CLIENT, "key encipherment"], undefined],
    [
      "kube-apiserver-client-kubelet",
      NODE,
      SERVING,
      "usages did not match [client auth digital signature key encipherment]",
    ],
    ["kube-apiserver-client-kubelet", { ...NODE, groups: [] }, CLIENT, "subject organization is not system:nodes"],
    [
      "kube-apiserver-client-kubelet",
      { ...NODE, groups: ["system:nodes", "system:masters"] },
      CLIENT,
      "subject organization is not system:nodes",
    ],
    [
      "kube-apiserver-client-kubelet",
      { ...NODE, user: "root" },
      CLIENT,
      "subject common name does not begin with system:node:",
    ],
    ["kube-apiserver-client-kubelet", names({ dns: ["a"] }), CLIENT, "DNS subjectAltNames are not allowed"],
    ["kube-apiserver-client-kubelet", names({ ip: ["10.0.0.1"] }), CLIENT, "IP subjectAltNames are not allowed"],
    ["kube-apiserver-client-kubelet", names({ email: ["a@b.c"] }), CLIENT, "Email subjectAltNames are not allowed"],
    ["kube-apiserver-client-kubelet", names({ url: ["http://a"] }), CLIENT, "URI subjectAltNames are not allowed"],
    ["kubelet-serving", names({ dns: ["n1"], ip: ["10.0.0.1"] }), SERVING, undefined],
    ["kubelet-serving", NODE, SERVING, "DNS or IP subjectAltName is required"],
    ["kubelet-serving", names({ dns: ["n1"], email: ["a@b.c"] }), SERVING, "Email subjectAltNames are not allowed"],
    ["kubelet-serving", names({ dns: ["n1"], url: ["http://a"] }), SERVING, "URI subjectAltNames are not allowed"],
    [
      "kubelet-serving",
      names({ dns: ["n1"] }),
      CLIENT,
      "usages did not match [digital signature key encipherment server auth]",
    ],
    ["kube-apiserver-client", { user: "ann" }, CLIENT, undefined],
    ["kube-apiserver-client", { user: "ann" }, SERVING, "invalid usage for client certificate: server auth"],
    [
      "kube-apiserver-client",
      { user: "ann" },
      ["digital signature"],
      "missing required usage for client certificate: client auth",
    ],
    ["legacy-unknown", { user: "ann" }, ["any"], undefined],
  ])("%s of %j for %j: %s", async (signer, subject, usages, problem) => {
    const { request } = await requestCertificate(subject);
    expect(SIGNER_RULES.get(`kubernetes.io/${signer}`)?.(readAsked(request), usages)).toBe(problem);
  });
});
