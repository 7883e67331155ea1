import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { creator } from "./create.js";
import { inParallel } from "./load.js";
import { cpuPerOperation, interleaveAll, type Line, type Measurement } from "./measure.js";
import { type Quarterdeck, startQuarterdeck } from "./subject.js";

const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
const PROVIDERS = ["aesgcm", "secretbox"];
const COUNT = 4000;

function encryption(provider: string): object {
  const keys = [{ name: "k", secret: Buffer.alloc(32, 1).toString("base64") }];
  return {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [{ resources: ["configmaps"], providers: [{ [provider]: { keys } }] }],
  };
}

function creates(subject: Quarterdeck): Measurement {
  return async () => {
    const { one, close } = await creator(subject, CONFIG_MAPS, 32, COUNT);
    const cost = await cpuPerOperation(subject.pid, COUNT, () => inParallel(COUNT, 32, one));
    close();
    return cost;
  };
}

/** What encryption at rest adds to a durable CREATE, against a server that keeps objects as they are. */
export async function benchEncryption(rounds: number): Promise<readonly Line[]> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-encryption-"));
  const servers: Quarterdeck[] = [];
  const start = async (name: string, storage: object | string): Promise<Quarterdeck> => {
    const config = join(folder, `${name}.config.json`);
    writeFileSync(config, JSON.stringify({ storage }));
    const server = await startQuarterdeck({ config });
    servers.push(server);
    return server;
  };
  try {
    const plain = creates(await start("plain", "level"));
    const subjects: (readonly [Omit<Line, "floor" | "ours">, Measurement])[] = [];
    for (const provider of PROVIDERS) {
      const line = { what: `CREATE with ${provider}, 32 clients, against plain`, unit: "µs CPU", wanted: "≤ 1.25" };
      subjects.push([line, creates(await start(provider, { encryption: encryption(provider) }))]);
    }
    return await interleaveAll(rounds, plain, subjects);
  } finally {
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
