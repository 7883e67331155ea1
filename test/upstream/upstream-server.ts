import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEtcd } from "@quarterdeck/testing/etcd";
import { freePort } from "../process/free-port.js";
import { ComparedServer } from "./compared-server.js";
import { buildCommand, releaseFolder } from "./release.js";

/** Admission that upstream has on by default and the server that it is compared with has not in its config. */
const OTHER_ADMISSION = [
  "CertificateApproval",
  "CertificateSigning",
  "CertificateSubjectRestriction",
  "ClusterTrustBundleAttest",
  "DefaultIngressClass",
  "DefaultStorageClass",
  "DefaultTolerationSeconds",
  "LimitRanger",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionWebhook",
  "NodeDeclaredFeatureValidator",
  "PersistentVolumeClaimResize",
  "PodSecurity",
  "PodTopologyLabels",
  "Priority",
  "ResourceQuota",
  "RuntimeClass",
  "ServiceAccount",
  "StorageObjectInUseProtection",
  "TaintNodesByCondition",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionWebhook",
];
const ATTEMPTS = 120;
const PAUSE = 500;

/** A running kube-apiserver of the release. */
export interface UpstreamServer {
  readonly server: ComparedServer;
  stop(): Promise<void>;
}

async function untilReady(server: ComparedServer, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (child.exitCode !== null) break;
    const answer = await server.request("GET", "/readyz").catch(() => undefined);
    if (answer?.code === 200) return;
    await sleep(PAUSE);
  }
  throw new Error("kube-apiserver did not become ready");
}

/** Builds and starts the release's own kube-apiserver on an etcd of its own. */
export async function startUpstreamServer(): Promise<UpstreamServer> {
  const [release, binary] = [await releaseFolder(), await buildCommand("kube-apiserver")];
  const etcd = await startEtcd();
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-upstream-"));
  const port = await freePort();
  const key = join(release, "hack/testdata/ca/ca.key");
  const child = spawn(
    binary,
    [
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      "--authorization-mode=RBAC,AlwaysAllow",
      "--runtime-config=api/all=true",
      `--disable-admission-plugins=${OTHER_ADMISSION.join(",")}`,
      `--etcd-servers=${etcd.endpoints.join(",")}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      `--cert-dir=${folder}`,
      "--service-cluster-ip-range=10.0.0.0/24",
      `--client-ca-file=${join(release, "hack/testdata/ca/ca.crt")}`,
      `--token-auth-file=${join(release, "hack/testdata/auth-tokens.csv")}`,
    ],
    { stdio: "ignore" },
  );
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await etcd.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const server = new ComparedServer(port);
  try {
    await untilReady(server, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { server, stop };
}
