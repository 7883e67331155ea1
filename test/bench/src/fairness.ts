import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ClientHttp2Session } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { clientCertificate } from "@quarterdeck/kernel";
import type { Credentials } from "./credentials.js";
import { fixture } from "./fixture.js";
import { inParallel, openSession, request } from "./load.js";
import type { Line } from "./measure.js";
import { type Quarterdeck, startQuarterdeck } from "./subject.js";

const COLLECTION = "/api/v1/namespaces/default/configmaps";
const OBJECT = `${COLLECTION}/object-0`;
const OBJECTS = 500;
const SLOW_CLIENTS = 1000;
const REQUESTS = 400;
/** Between two requests of the patient user. */
const PAUSE_MILLISECONDS = 5;
/** What the crowd has to get going. */
const WARM_UP_MILLISECONDS = 3000;

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The time that 99 of 100 requests take at most, in milliseconds, of a user who asks now and then. */
async function patientP99(session: ClientHttp2Session): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < REQUESTS; index++) {
    const started = performance.now();
    const { status } = await request(session, "GET", OBJECT);
    if (status !== 200) throw new Error(`the patient user was answered with ${status}`);
    times.push(performance.now() - started);
    await sleep(PAUSE_MILLISECONDS);
  }
  times.sort((left, right) => left - right);
  return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

async function fill(subject: Quarterdeck): Promise<void> {
  const session = await openSession(subject.credentials);
  await inParallel(OBJECTS, 32, async (index) => {
    const body = Buffer.from(JSON.stringify(fixture(`object-${index}`, index)));
    const { status } = await request(session, "POST", COLLECTION, body);
    if (status !== 201) throw new Error(`POST answered ${status}`);
  });
  session.close();
}

async function startCrowd(orders: object): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("./crowd.js", import.meta.url));
  const crowd = fork(script, { stdio: ["pipe", "inherit", "inherit", "ipc"] });
  crowd.stdin?.end(JSON.stringify(orders));
  await once(crowd, "message");
  return crowd;
}

/** p99 of one user's requests alone, and among slow clients and a greedy one, under one kind of flow control. */
async function measureWith(flowControl: unknown): Promise<{ idle: number; loaded: number; crowd: unknown }> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-fairness-"));
  const config = join(folder, "apiserver.config.json");
  writeFileSync(config, JSON.stringify({ authorization: ["always-allow"], storage: "memory", flowControl }));
  const subject = await startQuarterdeck({ config });
  try {
    await fill(subject);
    const as = async (user: string): Promise<Credentials> => {
      const { certificate: cert, key } = await clientCertificate(subject.folder, user, []);
      return { ...subject.credentials, cert, key };
    };
    const session = await openSession(await as("patient"));
    await patientP99(session);
    const idle = await patientP99(session);
    const [greedy, slow] = [await as("greedy"), await as("slow")];
    const collection = `${COLLECTION}?limit=${OBJECTS}`;
    const crowd = await startCrowd({ greedy, slow, slowClients: SLOW_CLIENTS, object: OBJECT, collection });
    // The handshakes of a thousand connections are none of flow control's business.
    await sleep(WARM_UP_MILLISECONDS);
    const loaded = await patientP99(session);
    crowd.send("end");
    const [counts] = await once(crowd, "message");
    session.destroy();
    return { idle, loaded, crowd: counts };
  } finally {
    await subject.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a greedy user and a thousand slow clients do to another user's requests. */
export async function benchFairness(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const [flowControl, wanted] of [
    ["max-in-flight", "–"],
    ["priority-and-fairness", "≤ 5"],
  ] as const) {
    const { idle, loaded, crowd } = await measureWith(flowControl);
    process.stderr.write(`${flowControl}: the crowd says ${JSON.stringify(crowd)}\n`);
    const what = `p99 of a GET among 1 000 slow clients and a greedy one, ${flowControl}, against alone`;
    lines.push({ what, unit: "ms", wanted, floor: idle, ours: loaded, ratio: loaded / idle });
  }
  return lines;
}
