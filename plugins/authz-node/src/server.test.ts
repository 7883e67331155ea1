import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer } from "@quarterdeck/testing";
import { expect, it } from "vitest";
import plugin from "./index.js";

it("lets a node read a secret while a pod of its own needs it, and no longer", async () => {
  const server = await startTestServer({
    config: { authorization: [plugin, "system-masters"] },
  });
  try {
    const make = async (path: string, object: object) => {
      const answer = await server.request(path, { method: "POST", body: object });
      expect(answer.status).toBe(201);
    };
    await make("/api/v1/namespaces/default/secrets", { metadata: { name: "wanted" } });
    await make("/api/v1/namespaces/default/secrets", { metadata: { name: "mount-key" } });
    const n1 = await server.certificateOf("system:node:n1", ["system:nodes"]);
    const n2 = await server.certificateOf("system:node:n2", ["system:nodes"]);
    const read = async (name: string, as: typeof n1) =>
      (await server.request(`/api/v1/namespaces/default/secrets/${name}`, { as })).status;
    expect(await read("wanted", n1)).toBe(403);
    const volumes = [
      { name: "a", secret: { secretName: "wanted" } },
      { name: "b", persistentVolumeClaim: { claimName: "data" } },
    ];
    const containers = [{ name: "web", image: "nginx" }];
    await make("/api/v1/namespaces/default/pods", { metadata: { name: "web" }, spec: { volumes, containers } });
    // Nobody has bound it yet.
    expect(await read("wanted", n1)).toBe(403);
    await make("/api/v1/namespaces/default/pods/web/binding", { metadata: { name: "web" }, target: { name: "n1" } });
    expect([await read("wanted", n1), await read("wanted", n2)]).toEqual([200, 403]);
    const one = "/api/v1/namespaces/default/secrets?fieldSelector=metadata.name%3Dwanted";
    expect((await server.request(one, { as: n1 })).status).toBe(200);
    expect((await server.request("/api/v1/namespaces/default/secrets", { as: n1 })).status).toBe(403);
    expect(await read("mount-key", n1)).toBe(403);
    const spec = {
      claimRef: { namespace: "default", name: "data" },
      csi: {
        driver: "disks.example.com",
        volumeHandle: "v",
        nodePublishSecretRef: { namespace: "default", name: "mount-key" },
      },
      capacity: { storage: "1Gi" },
      accessModes: ["ReadWriteOnce"],
    };
    await make("/api/v1/persistentvolumes", { metadata: { name: "v" }, spec });
    expect([await read("mount-key", n1), await read("mount-key", n2)]).toEqual([200, 403]);
    const refused = await server.request("/api/v1/namespaces/default/secrets/wanted", { as: n2 });
    expect(refused.json<KubeObject>()).toMatchObject({
      message: expect.stringContaining("no relationship found between node 'n2' and this object"),
    });
    await server.request("/api/v1/namespaces/default/pods/web?gracePeriodSeconds=0", { method: "DELETE" });
    expect([await read("wanted", n1), await read("mount-key", n1)]).toEqual([403, 403]);
  } finally {
    await server.stop();
  }
});
