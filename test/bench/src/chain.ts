import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientCertificate } from "@quarterdeck/kernel";
import { fixture } from "./fixture.js";
import { getter } from "./get.js";
import { inParallel, openSession, request } from "./load.js";
import { interleave, type Line } from "./measure.js";
import { type Quarterdeck, startQuarterdeck } from "./subject.js";

const OBJECT = "/api/v1/namespaces/default/configmaps";
const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const ROLES = 100;
const BINDINGS = 500;
const USER = "ann";
const GROUP = "bench";

/** The chain of the first issue: nothing but a certificate and a group decides. */
const BARE = {
  authentication: ["client-certificate", "anonymous"],
  authorization: ["system-masters"],
  flowControl: "max-in-flight",
};

/**
 * All that a default server does for a request, and an audit of all of them: one event a request, since policies leave
 * RequestReceived out as a rule, in batches.
 */
const full = (folder: string) => ({
  authentication: ["client-certificate", "service-account", "anonymous"],
  authorization: ["rbac"],
  flowControl: "priority-and-fairness",
  audit: {
    policy: {
      apiVersion: "audit.k8s.io/v1",
      kind: "Policy",
      omitStages: ["RequestReceived"],
      rules: [{ level: "Metadata" }],
    },
    sinks: [["log", { path: join(folder, "audit.log"), mode: "batch" }]],
  },
});

async function post(subject: Quarterdeck, path: string, objects: readonly object[]): Promise<void> {
  const session = await openSession(subject.credentials);
  await inParallel(objects.length, 16, async (index) => {
    const { status } = await request(session, "POST", path, Buffer.from(JSON.stringify(objects[index])));
    if (status !== 201) throw new Error(`POST ${path} answered ${status}`);
  });
  session.close();
}

/** Roles and bindings, of which one in ten is about the user that is measured. */
async function bindMany(subject: Quarterdeck): Promise<void> {
  const roles = Array.from({ length: ROLES }, (_, index) => ({
    metadata: { name: `bench-${index}` },
    rules: [{ apiGroups: [""], resources: [index === 0 ? "configmaps" : `things${index}`], verbs: ["get", "list"] }],
  }));
  await post(subject, `${RBAC}/clusterroles`, roles);
  const apiGroup = "rbac.authorization.k8s.io";
  const bindings = Array.from({ length: BINDINGS }, (_, index) => ({
    metadata: { name: `bench-${index}` },
    roleRef: { apiGroup, kind: "ClusterRole", name: `bench-${index % ROLES}` },
    subjects: [{ apiGroup, kind: "Group", name: index % 10 === 0 ? GROUP : `group-${index}` }],
  }));
  await post(subject, `${RBAC}/clusterrolebindings`, bindings);
}

/** What the whole default chain adds to a GET over the bare one. */
export async function benchChain(rounds: number): Promise<readonly Line[]> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-chain-"));
  const config = (name: string, content: object): string => {
    const path = join(folder, `${name}.config.json`);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const bare = await startQuarterdeck({ config: config("bare", BARE) });
  const whole = await startQuarterdeck({ config: config("full", full(folder)) });
  try {
    for (const subject of [bare, whole]) await post(subject, OBJECT, [fixture("bench-get", 1)]);
    await bindMany(whole);
    const { certificate: cert, key } = await clientCertificate(whole.folder, USER, [GROUP]);
    const ann = { ...whole, credentials: { ...whole.credentials, cert, key } };
    const line = {
      what: "GET through the whole default chain, against the bare one",
      unit: "µs CPU",
      wanted: "≤ 1.25",
    };
    const path = `${OBJECT}/bench-get`;
    return [await interleave(rounds, line, getter(bare, path), getter(ann, path))];
  } finally {
    await whole.stop();
    await bare.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
