import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditEvent } from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kubectl, kubectlMissing } from "./kubectl.js";

describe.skipIf(kubectlMissing !== undefined)(`stock kubectl and the audit ${kubectlMissing ?? ""}`, () => {
  let server: TestServer;
  let folder: string;
  let kubectl: Kubectl;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kubectl-audit-"));
    const policy = {
      apiVersion: "audit.k8s.io/v1",
      kind: "Policy",
      omitStages: ["RequestReceived"],
      rules: [
        { level: "RequestResponse", resources: [{ resources: ["configmaps"] }] },
        { level: "Metadata", resources: [{ resources: ["secrets"] }] },
      ],
    };
    const sinks = [["log", { path: join(folder, "audit.log") }] as const];
    server = await startTestServer({ config: { audit: { policy, sinks } } });
    kubectl = new Kubectl(server.kubeconfig, folder);
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("has a line for each thing that was done, and no secret", async () => {
    await kubectl.run("create configmap a --from-literal k=v");
    await kubectl.run("get configmap a -o name");
    await kubectl.run("annotate configmap a note=seen");
    await kubectl.run("create secret generic s --from-literal k=hush");
    await kubectl.try("get configmaps --as nobody");
    await kubectl.run("delete configmap a --wait=false");
    const text = await readFile(join(folder, "audit.log"), "utf8");
    const events = text
      .trimEnd()
      .split("\n")
      .map((line): AuditEvent => JSON.parse(line));
    const told = events.map(({ level, verb, objectRef, responseStatus, impersonatedUser }) => {
      const code: unknown = Reflect.get(responseStatus ?? {}, "code");
      const as = impersonatedUser === undefined ? "" : ` as ${impersonatedUser.username}`;
      return `${level} ${verb} ${objectRef?.resource}/${objectRef?.name ?? ""} ${code}${as}`;
    });
    expect(told.filter((line, index) => told.indexOf(line) === index)).toEqual([
      "RequestResponse create configmaps/a 201",
      "RequestResponse get configmaps/a 200",
      "RequestResponse patch configmaps/a 200",
      "Metadata create secrets/s 201",
      "RequestResponse list configmaps/ 403 as nobody",
      "RequestResponse delete configmaps/a 200",
    ]);
    expect(events[0]).toMatchObject({ requestObject: { data: { k: "v" } }, responseObject: { kind: "ConfigMap" } });
    expect(events[0]?.userAgent).toMatch(/^kubectl/);
    for (const hidden of ["hush", Buffer.from("hush").toString("base64")]) expect(text).not.toContain(hidden);
  });
});
