import type { AskedCertificate } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { SIGNER_RULES } from "./certificate-usages.js";

const CLIENT = ["client auth", "digital signature"];
const SERVING = ["key encipherment", "server auth", "digital signature"];
const asked = (given: Partial<AskedCertificate>): AskedCertificate => ({
  commonName: "",
  organizations: [],
  dns: [],
  ips: [],
  emails: [],
  uris: [],
  ...given,
});
const NODE = asked({ commonName: "system:node:n1", organizations: ["system:nodes"] });

describe("the rules of the signers", () => {
  it.each<[string, AskedCertificate, readonly string[], string | undefined]>([
    ["kube-apiserver-client-kubelet", NODE, CLIENT, undefined],
    ["kube-apiserver-client-kubelet", NODE, [...CLIENT, "key encipherment"], undefined],
    [
      "kube-apiserver-client-kubelet",
      NODE,
      SERVING,
      "usages did not match [client auth digital signature key encipherment]",
    ],
    [
      "kube-apiserver-client-kubelet",
      { ...NODE, organizations: [] },
      CLIENT,
      "subject organization is not system:nodes",
    ],
    [
      "kube-apiserver-client-kubelet",
      { ...NODE, organizations: ["system:nodes", "system:masters"] },
      CLIENT,
      "subject organization is not system:nodes",
    ],
    [
      "kube-apiserver-client-kubelet",
      { ...NODE, commonName: "root" },
      CLIENT,
      "subject common name does not begin with system:node:",
    ],
    ["kube-apiserver-client-kubelet", { ...NODE, dns: ["a"] }, CLIENT, "DNS subjectAltNames are not allowed"],
    ["kube-apiserver-client-kubelet", { ...NODE, ips: ["10.0.0.1"] }, CLIENT, "IP subjectAltNames are not allowed"],
    ["kube-apiserver-client-kubelet", { ...NODE, emails: ["a@b.c"] }, CLIENT, "Email subjectAltNames are not allowed"],
    ["kube-apiserver-client-kubelet", { ...NODE, uris: ["http://a"] }, CLIENT, "URI subjectAltNames are not allowed"],
    ["kubelet-serving", { ...NODE, dns: ["n1"], ips: ["10.0.0.1"] }, SERVING, undefined],
    ["kubelet-serving", NODE, SERVING, "DNS or IP subjectAltName is required"],
    ["kubelet-serving", { ...NODE, dns: ["n1"], emails: ["a@b.c"] }, SERVING, "Email subjectAltNames are not allowed"],
    ["kubelet-serving", { ...NODE, dns: ["n1"], uris: ["http://a"] }, SERVING, "URI subjectAltNames are not allowed"],
    [
      "kubelet-serving",
      { ...NODE, dns: ["n1"] },
      CLIENT,
      "usages did not match [digital signature key encipherment server auth]",
    ],
    ["kube-apiserver-client", asked({ commonName: "ann" }), CLIENT, undefined],
    [
      "kube-apiserver-client",
      asked({ commonName: "ann" }),
      SERVING,
      "invalid usage for client certificate: server auth",
    ],
    [
      "kube-apiserver-client",
      asked({ commonName: "ann" }),
      ["digital signature"],
      "missing required usage for client certificate: client auth",
    ],
    ["legacy-unknown", asked({ commonName: "ann" }), ["any"], undefined],
  ])("%s of %j for %j: %s", (signer, subject, usages, problem) => {
    expect(SIGNER_RULES.get(`kubernetes.io/${signer}`)?.(subject, usages)).toBe(problem);
  });
});
