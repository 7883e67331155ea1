import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const openssl = spawnSync("openssl", ["version"]).status === 0;
if (!openssl && process.env.QUARTERDECK_REQUIRE_TOOLS === "1") throw new Error("openssl is not on PATH");
const missing = kubectlMissing ?? (openssl ? undefined : "openssl is not on PATH");

describe("certificates with stock kubectl and openssl", () => {
  if (missing !== undefined) {
    it.skip(`(skipped: ${missing})`, () => {});
    return;
  }
  let server: TestServer;
  let folder: string;
  let kubectl: Kubectl;

  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: ["namespace", "csr-signing"] } });
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-csr-"));
    kubectl = new Kubectl(server.kubeconfig, join(folder, "cache"));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Makes a key of a kind and creates a request for it. */
  async function request(name: string, key: readonly string[]): Promise<void> {
    const [keyFile, file] = [join(folder, `${name}.key`), join(folder, `${name}.csr`)];
    const subject = ["-subj", `/O=devs/CN=${name}`];
    const command = ["req", "-new", "-newkey", ...key, "-nodes", "-keyout", keyFile, "-out", file, ...subject];
    execFileSync("openssl", command, { stdio: "ignore" });
    const base64 = (await readFile(file)).toString("base64");
    const object = `
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: { name: ${name} }
spec:
  request: ${base64}
  signerName: kubernetes.io/kube-apiserver-client
  usages: [client auth]
  expirationSeconds: 3600
`;
    const made = await kubectl.run("create -f -", object);
    expect(made).toBe(`certificatesigningrequest.certificates.k8s.io/${name} created\n`);
  }

  it.each([
    ["jane", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]],
    ["rsa", ["rsa:2048"]],
    ["edward", ["ed25519"]],
  ])("approves %s, who then is known by the certificate", async (name, key) => {
    await request(name, key);
    const table = "NAME +AGE +SIGNERNAME +REQUESTOR +REQUESTEDDURATION +CONDITION";
    const row = `${name} +\\S+ +kubernetes.io/kube-apiserver-client +kubernetes-admin +60m +Pending`;
    expect(await kubectl.run(`get csr ${name}`)).toMatch(new RegExp(`^${table}\\n${row}\\n$`));
    const approved = await kubectl.run(`certificate approve ${name}`);
    expect(approved).toBe(`certificatesigningrequest.certificates.k8s.io/${name} approved\n`);
    await kubectl.run(`wait csr ${name} --for=jsonpath={.status.certificate} --timeout=30s`);
    expect(await kubectl.run(`get csr ${name}`)).toMatch(/ Approved,Issued\n$/);
    const certificate = await kubectl.run(`get csr ${name} -o jsonpath={.status.certificate}`);
    const [path, ca] = [join(folder, `${name}.crt`), join(folder, "ca.crt")];
    await writeFile(path, Buffer.from(certificate, "base64"));
    await writeFile(ca, server.ca);
    // No kubeconfig but the flags.
    const nobody = new Kubectl("/dev/null", join(folder, `cache-${name}`));
    const own = `--client-certificate ${path} --client-key ${join(folder, `${name}.key`)}`;
    const flags = `--server ${server.url} --certificate-authority ${ca} ${own}`;
    const { stdout, stderr } = await nobody.try(`${flags} auth whoami -o json`);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      status: { userInfo: { username: name, groups: expect.arrayContaining(["devs"]) } },
    });
  });

  it("denies, and explains the kind", async () => {
    await request("eve", ["ed25519"]);
    const denied = await kubectl.run("certificate deny eve");
    expect(denied).toBe("certificatesigningrequest.certificates.k8s.io/eve denied\n");
    expect(await kubectl.run("get csr eve")).toMatch(/ Denied\n$/);
    expect((await kubectl.try("certificate approve eve")).code).not.toBe(0);
    expect(await kubectl.run("explain csr.status.conditions.type")).toContain("Approved, Denied or Failed");
  });
});
