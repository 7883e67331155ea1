import { join } from "node:path";
import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nativeObjects } from "../integration/support/native-objects.js";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const skipped = kubectlMissing === undefined ? "" : ` (skipped: ${kubectlMissing})`;
const OBJECTS = await nativeObjects();

/** Events are made by machines, and cannot be applied: each has one writer. */
const APPLIED = OBJECTS.filter(({ kind }) => kind !== "Event");
const GROUPS = [...new Set(APPLIED.map(({ apiVersion }) => apiVersion))].map(
  (group) => [group, APPLIED.filter(({ apiVersion }) => apiVersion === group)] as const,
);

/** This kubectl describes them by a beta version that is not served any more. */
const UNDESCRIBED = ["IPAddress", "ServiceCIDR", "VolumeAttributesClass"];

function manifest(objects: readonly KubeObject[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
}

/** How kubectl names an object: with the group, since resources of two groups may be called alike. */
function named({ apiVersion, kind, metadata }: KubeObject): string {
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  return `${kind.toLowerCase()}${group === "" ? "" : `.${version}.${group}`}/${metadata.name}`;
}

describe.skipIf(kubectlMissing !== undefined)(`stock kubectl and the native kinds${skipped}`, () => {
  let server: TestServer;
  let kubectl: Kubectl;
  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: [] } });
    kubectl = new Kubectl(server.kubeconfig, join(server.data, "kubectl-cache"), "native");
    await kubectl.run("create namespace native");
  });
  afterAll(() => server.stop());

  it.each(GROUPS)("applies, shows, compares and deletes those of %s", { timeout: 120_000 }, async (_, objects) => {
    const text = manifest(objects);
    const names = objects.map(named).join(" ");
    expect(await kubectl.run("apply -f -", text)).toMatch(/ created\n$/);
    // What the server fills in is no difference to what was applied.
    expect(await kubectl.run("diff -f -", text)).toBe("");
    expect(await kubectl.run("apply -f -", text)).toMatch(/ (?:unchanged|configured)\n$/);
    for (const object of objects) {
      const rows = (await kubectl.run(`get ${named(object)} -o wide`)).trimEnd().split("\n");
      expect(rows).toHaveLength(2);
      expect(rows[0]).toMatch(/^NAME /);
      expect(rows[1]).toMatch(new RegExp(`^${object.metadata.name} `));
      if (!UNDESCRIBED.includes(object.kind))
        expect(await kubectl.run(`describe ${named(object)}`)).toContain(object.metadata.name);
    }
    expect(await kubectl.run(`get ${names} -o yaml`)).toContain("apiVersion: ");
    expect(await kubectl.run("delete --wait=false -f -", text)).toContain("deleted");
  });

  it("explains types as upstream calls them, down to amounts and ports", async () => {
    expect(await kubectl.run("explain quota.spec.hard")).toContain("FIELD: hard <map[string]Quantity>");
    const deployment = await kubectl.run("explain deploy --recursive");
    expect(deployment).toMatch(/^ {2}spec\t<DeploymentSpec>/m);
    expect(deployment).toContain("maxSurge\t<IntOrString>");
    const containers = await kubectl.run("explain pod.spec.containers");
    expect(containers).toContain("FIELD: containers <[]Container>");
    expect(containers).toContain("enum: Always, IfNotPresent, Never");
    expect(await kubectl.run("explain crd.spec.versions.schema.openAPIV3Schema.not.not")).toContain(
      "<JSONSchemaProps>",
    );
  });

  it("lists what there is", async () => {
    expect(await kubectl.run("api-versions")).toContain("batch/v1\n");
    const resources = await kubectl.run("api-resources");
    expect(resources).toMatch(/^deployments +deploy +apps\/v1 +true +Deployment$/m);
    expect(resources).toMatch(/^nodes +no +v1 +false +Node$/m);
  });
});
