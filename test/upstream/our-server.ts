import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ServerProcess } from "../process/server-process.js";
import { ComparedServer } from "./compared-server.js";
import { releaseFolder } from "./release.js";

/** What the server itself does in upstream, too; the rest is its controller manager's. */
const CONTROLLERS = ["kubernetes-service", "service-allocation", "event-ttl"];

/** Our server, configured as upstream's tests configure theirs. */
export interface OurServer {
  readonly server: ComparedServer;
  stop(): Promise<void>;
}

/** Starts the built server with the users, the client CA and the service range of upstream's tests. */
export async function startOurServer(): Promise<OurServer> {
  const data = join(await releaseFolder(), "hack/testdata");
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-compared-"));
  const config = join(folder, "apiserver.config.json");
  const settings = {
    server: { clientCa: join(data, "ca/ca.crt") },
    resources: [["kubernetes", { serviceClusterIPRange: "10.0.0.0/24" }]],
    runtimeConfig: { "api/all": true },
    authentication: [
      "client-certificate",
      ["token-file", { path: join(data, "auth-tokens.csv") }],
      "service-account",
      "anonymous",
    ],
    authorization: ["rbac", "always-allow"],
    controllers: CONTROLLERS,
  };
  await writeFile(config, JSON.stringify(settings));
  const process = await ServerProcess.start(config);
  const server = new ComparedServer(process.port);
  return {
    server,
    async stop() {
      server.close();
      await process.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
