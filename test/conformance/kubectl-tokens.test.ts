import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kubectl, kubectlMissing } from "./kubectl.js";

describe.skipIf(kubectlMissing !== undefined)(`stock kubectl and tokens ${kubectlMissing ?? ""}`, () => {
  let server: TestServer;
  let cache: string;
  let kubectl: Kubectl;
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), "kubectl-tokens-"));
    const authentication = ["client-certificate", "service-account", "anonymous"];
    server = await startTestServer({ config: { authentication, authorization: ["always-allow"] } });
    kubectl = new Kubectl(server.kubeconfig, cache);
    await kubectl.run("create serviceaccount bot");
  });
  afterAll(async () => {
    await server.stop();
    await rm(cache, { recursive: true, force: true });
  });

  it("prints accounts as a cluster does", async () => {
    expect(await kubectl.run("get sa")).toMatch(/^NAME +AGE\nbot +\d+s\n$/);
    expect(await kubectl.run("describe sa bot")).toMatch(/^Name: +bot\nNamespace: +default\n/);
  });

  it("creates a token for an audience, a time and a pod, and reads its times", async () => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "web" },
      spec: { serviceAccountName: "bot", containers: [{ name: "a", image: "a" }] },
    };
    await kubectl.run("create -f -", JSON.stringify(pod));
    const token = await kubectl.run(
      "create token bot --audience vault --duration 15m --bound-object-kind Pod --bound-object-name web",
    );
    const { aud, exp = 0, iat = 0, "kubernetes.io": kubernetes } = decodeJwt(token.trim());
    expect([aud, exp - iat]).toEqual([["vault"], 900]);
    expect(kubernetes).toMatchObject({ pod: { name: "web" }, serviceaccount: { name: "bot" } });
  });

  it("is told why there is no token", async () => {
    const { code, stderr } = await kubectl.try("create token bot --duration 1m");
    expect(code).toBe(1);
    expect(stderr).toContain("may not specify a duration less than 10 minutes");
    expect((await kubectl.try("create token nobody")).stderr).toContain('serviceaccounts "nobody" not found');
  });

  it("knows who it is by a token", async () => {
    const token = (await kubectl.run("create token bot")).trim();
    await kubectl.run(`config set-credentials bot --token=${token}`);
    const told = await kubectl.run("auth whoami --user bot");
    expect(told).toMatch(/^Username +system:serviceaccount:default:bot$/m);
    expect(told).toMatch(/^Groups +\[system:serviceaccounts system:serviceaccounts:default system:authenticated\]$/m);
    expect(told).toMatch(/^Extra: authentication\.kubernetes\.io\/credential-id +\[JTI=[0-9a-f-]+\]$/m);
    expect(await kubectl.run("auth whoami")).toMatch(/^Username +kubernetes-admin$/m);
  });
});
