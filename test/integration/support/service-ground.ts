import type { JsonObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { type Etcd, startEtcd } from "@quarterdeck/testing/etcd";

/** Whose services are tried: one server, or two on one etcd that take turns. */
export interface Ground {
  readonly servers: readonly TestServer[];
  stop(): Promise<void>;
}

/** The servers, with options of the native kinds and without controllers. */
export async function serviceGround(kind: "memory" | "etcd", options: JsonObject): Promise<Ground> {
  const config = { resources: [["kubernetes", options]], controllers: [] } as const;
  if (kind === "memory") {
    const server = await startTestServer({ config });
    return { servers: [server], stop: () => server.stop() };
  }
  const etcd: Etcd = await startEtcd();
  const shared = { ...config, storage: ["etcd3", { endpoints: etcd.endpoints }] } as const;
  const servers = [await startTestServer({ config: shared }), await startTestServer({ config: shared })];
  return {
    servers,
    stop: async () => {
      for (const server of servers) await server.stop();
      await etcd.stop();
    },
  };
}
