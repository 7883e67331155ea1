import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const SWITCHED = [
  "certificates.k8s.io/v1beta1",
  "coordination.k8s.io/v1alpha2",
  "coordination.k8s.io/v1beta1",
  "internal.apiserver.k8s.io/v1alpha1",
  "resource.k8s.io/v1alpha3",
  "resource.k8s.io/v1beta1",
  "resource.k8s.io/v1beta2",
  "storagemigration.k8s.io/v1beta1",
];
const MIGRATIONS = "storageversionmigrations";
const migration = {
  kind: "StorageVersionMigration",
  metadata: { name: "a" },
  spec: { resource: { resource: "pods" } },
};

async function served(runtimeConfig: { [key: string]: boolean }): Promise<string[]> {
  const server = await startTestServer({ config: { runtimeConfig } });
  const groups = (await server.request("/apis")).json<{ groups: { versions: { groupVersion: string }[] }[] }>().groups;
  await server.stop();
  const versions = groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion));
  return SWITCHED.filter((version) => versions.includes(version));
}

describe("versions that the config switches on", () => {
  it("are off", async () => {
    expect(await served({})).toEqual([]);
  });

  it("are on by their stability", async () => {
    expect(await served({ "api/beta": true })).toEqual(SWITCHED.filter((version) => version.includes("beta")));
    expect(await served({ "api/alpha": true })).toEqual(SWITCHED.filter((version) => version.includes("alpha")));
  });

  it("are on by their names", async () => {
    for (const version of SWITCHED) expect(await served({ [version]: true })).toEqual([version]);
  });

  describe("beside the stored one", () => {
    const GROUP = "/apis/storagemigration.k8s.io";
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer({ config: { runtimeConfig: { "api/all": true } } });
    });
    afterAll(() => server.stop());

    it("have the same objects", async () => {
      const apiVersion = "storagemigration.k8s.io/v1beta1";
      const body = { apiVersion, ...migration };
      const answer = await server.request(`${GROUP}/v1beta1/${MIGRATIONS}`, { method: "POST", body });
      expect(answer.status).toBe(201);
      expect(answer.headers.warning).toContain(
        `${apiVersion} StorageVersionMigration is deprecated in v1.37+, unavailable in v1.40+; use storagemigration.k8s.io/v1`,
      );
      const stored = (await server.request(`${GROUP}/v1/${MIGRATIONS}/a`)).json<KubeObject>();
      expect(stored).toMatchObject({ apiVersion: "storagemigration.k8s.io/v1", spec: migration.spec });
      const made = answer.json<KubeObject>();
      expect(stored.metadata.uid).toBe(made.metadata.uid);
    });

    it("are checked as that", async () => {
      const path = "/apis/coordination.k8s.io/v1alpha2/namespaces/default/leasecandidates";
      const body = { apiVersion: "coordination.k8s.io/v1alpha2", kind: "LeaseCandidate", metadata: { name: "a" } };
      const spec = { leaseName: "l", binaryVersion: "x", strategy: "a.b/c" };
      const answer = await server.request(path, { method: "POST", body: { ...body, spec } });
      expect(answer.json()).toMatchObject({
        code: 422,
        message: expect.stringContaining('spec.binaryVersion: Invalid value: "x": must be a valid semantic version'),
      });
      const right = { ...body, spec: { ...spec, binaryVersion: "1.2.3" } };
      expect((await server.request(path, { method: "POST", body: right })).status).toBe(201);
      const stored = await server.request(path.replace("v1alpha2", "v1beta1"));
      expect(stored.json()).toMatchObject({ items: [{ spec: right.spec }] });
    });
  });
});
