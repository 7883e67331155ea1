import { type ChildProcess, spawn } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../process/repository-root.js";
import { startOurServer } from "./our-server.js";
import { buildCommand, releaseFolder } from "./release.js";

const SCRIPT = join(REPOSITORY_ROOT, "test/upstream/kubectl-suite.sh");
const PATIENCE = 300_000;
const SHOWN = 2000;

const CUSTOM = "custom resources are not served yet";
/** The cases that cannot pass, and why. */
const KNOWN: Readonly<Record<string, string>> = {
  assert_short_name: CUSTOM,
  assert_singular_name: CUSTOM,
  ambiguous_shortname: CUSTOM,
  explain_crd_with_additional_properties: CUSTOM,
  kubectl_apply: CUSTOM,
  kubectl_server_side_apply: CUSTOM,
  kubectl_events: CUSTOM,
  crd: CUSTOM,
  crd_deletion_recreation: CUSTOM,
  deprecated_api: CUSTOM,
  wait: CUSTOM,
  convert: "it needs kubectl-convert",
  multi_resources: "it reads an object from the internet",
  kubectl_version: "it compares the versions of client and server",
  plugins: "the module of the release loses that its plugins may be executed",
};

/** The names of upstream's cases, in its order. */
async function caseNames(release: string): Promise<readonly string[]> {
  const text = await readFile(join(release, "test/cmd/legacy-script.sh"), "utf8");
  const names = [...text.matchAll(/^ *record_command run_(\w+)/gm)].map(([, name = ""]) =>
    name.replace(/_tests?$/, ""),
  );
  return [...new Set(names)];
}

/** The release's own controller manager, which does to objects what ours leaves to it. */
async function startControllerManager(release: string, folder: string, port: number): Promise<ChildProcess> {
  const kubeconfig = join(folder, "controller-manager.kubeconfig");
  const cluster = { server: `https://127.0.0.1:${port}`, "insecure-skip-tls-verify": true };
  const config = {
    kind: "Config",
    apiVersion: "v1",
    users: [{ name: "manager", user: { token: "admin-token" } }],
    clusters: [{ name: "local", cluster }],
    contexts: [{ name: "local", context: { cluster: "local", user: "manager" } }],
    "current-context": "local",
  };
  await writeFile(kubeconfig, JSON.stringify(config));
  const binary = await buildCommand("kube-controller-manager");
  const authority = join(release, "hack/testdata/ca/ca");
  const options = [
    `--kubeconfig=${kubeconfig}`,
    "--kube-api-content-type=application/vnd.kubernetes.protobuf",
    `--cluster-signing-cert-file=${authority}.crt`,
    `--cluster-signing-key-file=${authority}.key`,
  ];
  return spawn(binary, options, { stdio: "ignore" });
}

/** The node that some cases expect. Without an annotation nobody would own any of its fields, which one of them reads. */
const NODE = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "127.0.0.1", annotations: { "save-managers": "true" } },
  status: { capacity: { memory: "1Gi" } },
};

/** Runs one case; tells the end of what it printed when it fails. */
function runCase(values: readonly string[], folder: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", [SCRIPT, ...values], { env: { ...process.env, TMPDIR: folder }, timeout: PATIENCE });
    let output = "";
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-SHOWN);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("close", (code) => resolve(code === 0 ? undefined : output));
  });
}

const release = await releaseFolder();
const folder = await mkdtemp(join(tmpdir(), "quarterdeck-suite-"));
const binaries = await mkdtemp(join(folder, "bin-"));
await symlink(await buildCommand("kubectl"), join(binaries, "kubectl"));
const ours = await startOurServer();
const manager = await startControllerManager(release, folder, ours.server.port);
process.once("exit", () => manager.kill("SIGKILL"));
// Upstream's script puts its server's certificate here, and some cases read it.
await copyFile(join(release, "hack/testdata/ca/ca.crt"), join(folder, "apiserver.crt"));
await ours.server.request("POST", "/api/v1/nodes", NODE);
let failed = 0;
try {
  const wanted = process.argv.slice(2);
  for (const name of wanted.length > 0 ? wanted : await caseNames(release)) {
    const known = KNOWN[name];
    if (known !== undefined && wanted.length === 0) {
      process.stdout.write(`${name}: left out, ${known}\n`);
      continue;
    }
    const output = await runCase([release, binaries, String(ours.server.port), name], folder);
    process.stdout.write(output === undefined ? `${name}: ok\n` : `${name}: FAILED\n${output}\n`);
    if (output !== undefined) failed++;
  }
} finally {
  manager.kill("SIGKILL");
  await ours.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
