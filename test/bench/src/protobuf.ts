import type { JsonObject } from "@quarterdeck/meta";
import kubernetes from "@quarterdeck/resources-kubernetes";
import { compileResources } from "@quarterdeck/scheme";
import { objectBody, objectMessage, sealObject } from "@quarterdeck/wire";
import { inParallel, openSession, request } from "./load.js";
import { cpuPerOperation, interleave, type Line, type Measurement } from "./measure.js";
import { podSpec, runningPod } from "./pod.js";
import { type Subject, startQuarterdeck } from "./subject.js";

const PROTOBUF = "application/vnd.kubernetes.protobuf";
const PODS = 1000;
const LISTS = 100;
const OPERATIONS = 20_000;

/** Microseconds of CPU that this process takes for one of so many. */
function own(run: () => unknown): Measurement {
  return async () => {
    for (let warm = 0; warm < OPERATIONS / 10; warm += 1) run();
    const before = process.cpuUsage();
    for (let index = 0; index < OPERATIONS; index += 1) run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / OPERATIONS;
  };
}

async function benchCodec(rounds: number): Promise<Line[]> {
  const resources = await kubernetes.resources({ eventTtlSeconds: 3600 });
  const [pods] = compileResources(
    resources.filter(({ name }) => name === "Pod"),
    { runtimeConfig: {}, sourceOf: () => "bench" },
  );
  const message = pods && objectMessage(pods, pods.storageVersion);
  const body = pods && objectBody(pods, pods.storageVersion);
  if (message === undefined || body === undefined) throw new Error("pods have no protobuf form");
  const json = Buffer.from(JSON.stringify(runningPod()));
  const pod: JsonObject = JSON.parse(json.toString());
  const bytes = sealObject(message, pod);
  const heading = (what: string) => ({
    what: `${what} of a pod in protobuf / in JSON`,
    unit: "µs CPU",
    wanted: "≤ 1.5",
  });
  return [
    await interleave(
      rounds,
      heading("encoding"),
      own(() => Buffer.from(JSON.stringify(pod))),
      own(() => sealObject(message, pod)),
    ),
    await interleave(
      rounds,
      heading("decoding"),
      own(() => JSON.parse(json.toString())),
      own(() => body.decode(bytes)),
    ),
  ];
}

async function fillPods(subject: Subject): Promise<string> {
  const session = await openSession(subject.credentials);
  const path = "/api/v1/namespaces/default/pods";
  await inParallel(PODS, 32, async (index) => {
    const pod = { metadata: { name: `pod-${index}`, labels: { app: "web" } }, spec: podSpec() };
    const { status } = await request(session, "POST", path, Buffer.from(JSON.stringify(pod)));
    if (status !== 201) throw new Error(`POST ${path} answered ${status}`);
  });
  session.close();
  return path;
}

/** Nanoseconds of CPU that the server takes for a byte of the list. */
function lister(subject: Subject, path: string, accept: string): Measurement {
  return async () => {
    const session = await openSession(subject.credentials);
    let size = 0;
    const one = async () => {
      const { status, bytes } = await request(session, "GET", path, undefined, undefined, accept);
      if (status !== 200) throw new Error(`LIST ${path} answered ${status}`);
      size = bytes;
    };
    await one();
    const cost = await cpuPerOperation(subject.pid, LISTS, () => inParallel(LISTS, 4, one));
    session.close();
    return (cost * 1000) / size;
  };
}

/** What protobuf costs beside JSON: one object, and a list of cached ones. */
export async function benchProtobuf(rounds: number): Promise<readonly Line[]> {
  const lines = await benchCodec(rounds);
  const server = await startQuarterdeck();
  try {
    const path = await fillPods(server);
    const line = { what: `LIST ${PODS} pods in protobuf / in JSON, a byte`, unit: "ns CPU", wanted: "≤ 1.2" };
    const json = lister(server, path, "application/json");
    return [...lines, await interleave(rounds, line, json, lister(server, path, PROTOBUF))];
  } finally {
    await server.stop();
  }
}
