import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "@quarterdeck/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bytesBelow, encryptionConfiguration, key } from "../integration/support/encryption.js";
import { Kubectl, kubectlMissing } from "./kubectl.js";

const PLAIN = Buffer.from("the launch code is 0000").toString("base64");
const NAMES = Array.from({ length: 20 }, (_, at) => `s-${at}`);

describe.skipIf(kubectlMissing)(
  `stock kubectl${kubectlMissing === undefined ? "" : ` (skipped: ${kubectlMissing})`}`,
  () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "quarterdeck-rewrite-"));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const start = (...providers: readonly object[]) => {
      const encryption = encryptionConfiguration({ resources: ["secrets"], providers });
      return startTestServer({
        config: { storage: { use: ["level", { path: join(folder, "store"), compactionSeconds: 0 }], encryption } },
      });
    };

    it("writes everything anew with the key of now: get -o json | replace -f -", async () => {
      const [old, next] = [{ aescbc: { keys: [key("old", 1)] } }, { aesgcm: { keys: [key("next", 2)] } }];
      const first = await start(old);
      for (const name of NAMES) {
        const body = { metadata: { name }, data: { code: PLAIN } };
        await first.request("/api/v1/namespaces/default/secrets", { method: "POST", body });
      }
      await first.stop();
      const second = await start(next, old);
      const kubectl = new Kubectl(second.kubeconfig, join(folder, "cache"));
      const list = await kubectl.run("get secrets -A -o json");
      const replaced = await kubectl.run("replace -f -", list);
      expect(replaced.trim().split("\n")).toHaveLength(NAMES.length);
      await second.stop();
      // Without the old key all of it is readable: nothing was left behind.
      const third = await start(next);
      const text = await new Kubectl(third.kubeconfig, join(folder, "cache")).run("get secrets -A -o json");
      const items: readonly { data: object }[] = JSON.parse(text).items;
      expect(items.map(({ data }) => data)).toEqual(NAMES.map(() => ({ code: PLAIN })));
      await third.stop();
      expect((await bytesBelow(join(folder, "store"))).includes(PLAIN)).toBe(false);
    });
  },
);
