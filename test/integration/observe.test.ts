import type { KubeObject } from "@quarterdeck/meta";
import {
  type Admission,
  Client,
  definePlugin,
  Injectable,
  type Lifecycle,
  type Lister,
  ListerOf,
  type ObjectChange,
} from "@quarterdeck/sdk";
import { startTestServer } from "@quarterdeck/testing";
import { describe, expect, it } from "vitest";

const MAPS = "/api/v1/namespaces/default/configmaps";
const told = ({ type, object }: ObjectChange) => `${type} ${object.metadata.name}`;

/** A plugin that keeps what it is told of config maps, and asks for something that is not served. */
function observer(lines: string[]) {
  @Injectable()
  class Observer implements Admission, Lifecycle {
    readonly end: () => void;
    constructor(
      client: Client,
      @ListerOf({ group: "", resource: "configmaps" }) maps: Lister,
      @ListerOf({ group: "apps", resource: "nothings" }, { optional: true }) readonly nothings: Lister | undefined,
    ) {
      expect(client).toBeInstanceOf(Client);
      this.end = maps.observe(
        (change) => lines.push(told(change)),
        () => lines.push("all"),
      );
    }
    start(): void {
      lines.push(`start${this.nothings === undefined ? "" : " with nothings"}`);
    }
    stop(): void {
      this.end();
    }
    validate(): void {}
  }
  return definePlugin({ kind: "admission", name: "observer", plugin: Observer });
}

describe("a plugin that observes", () => {
  it("knows what is there before it starts, and hears of each change before the writer does", async () => {
    const lines: string[] = [];
    const config = { authorization: ["always-allow"], admission: [observer(lines)] };
    const server = await startTestServer({ config });
    try {
      expect(lines).toEqual(["all", "start"]);
      const post = async (name: string) =>
        (await server.request(MAPS, { method: "POST", body: { metadata: { name } } })).json<KubeObject>();
      await post("a");
      expect(lines.at(-1)).toBe("ADDED a");
      await server.request(`${MAPS}/a`, { method: "PUT", body: { metadata: { name: "a" }, data: { k: "v" } } });
      expect(lines.at(-1)).toBe("MODIFIED a");
      const second: string[] = [];
      await server.reload({ ...config, admission: [observer(second)] });
      expect(second).toEqual(["ADDED a", "all", "start"]);
      await server.request(`${MAPS}/a`, { method: "DELETE" });
      expect(second.at(-1)).toBe("DELETED a");
    } finally {
      await server.stop();
    }
  });
});
