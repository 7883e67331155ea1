import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { etcdMissing, etcdVersion, startEtcd } from "./index.js";

async function versionAt(endpoint: string): Promise<unknown> {
  const answer = await fetch(`${endpoint}/version`, { signal: AbortSignal.timeout(2000) });
  return answer.json();
}

function alive(pid: number | undefined): boolean {
  return pid !== undefined && spawnSync("kill", ["-0", String(pid)]).status === 0;
}

describe.skipIf(etcdMissing)(
  `an etcd for tests${etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`}`,
  () => {
    it("runs on ports of its own and leaves nothing behind", async () => {
      const [one, two] = await Promise.all([startEtcd(), startEtcd()]);
      try {
        for (const { endpoints } of [one, two]) {
          expect(await versionAt(endpoints[0] ?? "")).toMatchObject({ etcdserver: etcdVersion });
        }
        expect(one.endpoints).not.toEqual(two.endpoints);
      } finally {
        const pids = [...one.members, ...two.members].map((member) => member.pid);
        expect(pids.every(alive)).toBe(true);
        await Promise.all([one.stop(), two.stop()]);
        expect(pids.some(alive)).toBe(false);
      }
    });

    it("is killed, paused and restarted at the same address", async () => {
      const etcd = await startEtcd();
      const endpoint = etcd.endpoints[0] ?? "";
      try {
        await etcd.pause();
        await expect(fetch(`${endpoint}/version`, { signal: AbortSignal.timeout(300) })).rejects.toThrow();
        etcd.resume();
        expect(await versionAt(endpoint)).toHaveProperty("etcdserver");
        await etcd.kill();
        await expect(versionAt(endpoint)).rejects.toThrow();
        await etcd.restart();
        expect(await versionAt(endpoint)).toHaveProperty("etcdserver");
      } finally {
        await etcd.stop();
      }
    });

    it("makes a cluster of several members", async () => {
      const etcd = await startEtcd({ members: 3 });
      try {
        expect(etcd.endpoints.length).toBe(3);
        await etcd.members[0]?.kill();
        expect(await versionAt(etcd.endpoints[1] ?? "")).toHaveProperty("etcdcluster");
      } finally {
        await etcd.stop();
      }
    });

    it("writes the certificates that clients need", async () => {
      const etcd = await startEtcd({ tls: "mutual" });
      try {
        const { ca, cert, key } = etcd.certificates ?? { ca: "", cert: "", key: "" };
        expect([ca, cert, key].every(existsSync)).toBe(true);
        expect(etcd.endpoints[0]).toMatch(/^https:/);
      } finally {
        await etcd.stop();
      }
    });

    it("asks for a user", async () => {
      const etcd = await startEtcd({ tls: "server", auth: { username: "quarterdeck", password: "s3cret" } });
      await etcd.stop();
    });
  },
);
