import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExampleServer } from "../integration/support/example-server.js";
import { Kubectl, kubectlMissing } from "./kubectl.js";

/** A child, native or of a decorated kind, that a parent owns. */
const child = (name: string, kind: "Secret" | "Rollout", parent: string, uid: string) => `
apiVersion: ${kind === "Secret" ? "v1" : "delivery.example.com/v1"}
kind: ${kind}
metadata:
  name: ${name}
  ownerReferences:
    - { apiVersion: v1, kind: ConfigMap, name: ${parent}, uid: ${uid}, blockOwnerDeletion: true }
${kind === "Secret" ? "" : "spec: { image: 'web:1' }"}
`;

describe("dependents with stock kubectl", () => {
  if (kubectlMissing !== undefined) {
    it.skip(`(skipped: ${kubectlMissing})`, () => {});
    return;
  }
  let server: TestServer;
  let folder: string;
  let kubectl: Kubectl;

  beforeAll(async () => {
    server = await startExampleServer();
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-gc-"));
    kubectl = new Kubectl(server.kubeconfig, join(folder, "cache"), "default");
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A config map with a secret and a rollout. */
  async function family(name: string): Promise<void> {
    await kubectl.run(`create configmap ${name}`);
    const uid = await kubectl.run(`get configmap ${name} -o jsonpath={.metadata.uid}`);
    await kubectl.run("create -f -", child(name, "Secret", name, uid));
    await kubectl.run("create -f -", child(name, "Rollout", name, uid));
  }

  it.each(["", "--cascade=background"])("go after their owner (delete %s)", async (cascade) => {
    await family("web");
    expect(await kubectl.run(`delete configmap web ${cascade}`)).toMatch(/^configmap "web" deleted/);
    await kubectl.run("wait --for=delete secret/web rollout/web --timeout=30s");
    expect(await kubectl.run("get secrets,rollouts -o name")).toBe("");
  });

  it("are gone when kubectl has waited for their owner (delete --cascade=foreground)", async () => {
    await family("web");
    await kubectl.run("delete configmap web --cascade=foreground");
    expect(await kubectl.run("get configmaps,secrets,rollouts -o name")).not.toContain("web");
  });

  it("stay without their owner (delete --cascade=orphan)", async () => {
    await family("web");
    await kubectl.run("delete configmap web --cascade=orphan");
    expect(await kubectl.run("get secrets,rollouts -o name")).toBe("secret/web\nrollout.delivery.example.com/web\n");
    const owners = "-o jsonpath={.items[*].metadata.ownerReferences}";
    expect(await kubectl.run(`get secrets,rollouts ${owners}`)).toBe("");
    await kubectl.run("delete secret,rollout web");
  });
});
