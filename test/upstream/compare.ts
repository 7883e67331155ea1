import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KubeObject } from "@quarterdeck/meta";
import { parseAllDocuments } from "yaml";
import { nativeObjects } from "../integration/support/native-objects.js";
import { REPOSITORY_ROOT } from "../process/repository-root.js";
import type { ComparedServer } from "./compared-server.js";
import { Comparison, type Difference, type PlaceOf } from "./comparison.js";
import { startOurServer } from "./our-server.js";
import { startUpstreamServer } from "./upstream-server.js";

const OBJECTS = join(REPOSITORY_ROOT, "test/upstream/objects");
const REPORT = join(REPOSITORY_ROOT, "test/dist/upstream/differences.txt");
const wanted = new RegExp(process.argv[2] ?? "");

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** Where the objects of each kind are, as the other server's discovery tells it. */
async function placesOf(server: ComparedServer, objects: readonly KubeObject[]): Promise<PlaceOf> {
  const places = new Map<string, (namespace: string) => string>();
  for (const apiVersion of new Set(objects.map((object) => object.apiVersion))) {
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { text } = await server.request("GET", root);
    const { resources }: ResourceList = JSON.parse(text);
    for (const { name, kind, namespaced } of resources) {
      if (name.includes("/")) continue;
      places.set(`${apiVersion} ${kind}`, (namespace) =>
        namespaced ? `${root}/namespaces/${namespace}/${name}` : `${root}/${name}`,
      );
    }
  }
  return ({ apiVersion, kind }, namespace) => {
    const place = places.get(`${apiVersion} ${kind}`);
    if (place === undefined) throw new Error(`the other server does not serve ${apiVersion} ${kind}`);
    return place(namespace);
  };
}

async function comparedObjects(): Promise<readonly KubeObject[]> {
  const more = (await readdir(OBJECTS)).sort().map(async (file) => {
    const documents = parseAllDocuments(await readFile(join(OBJECTS, file), "utf8"));
    return documents.map((document): KubeObject => document.toJS());
  });
  const all = [...(await nativeObjects()), ...(await Promise.all(more)).flat()];
  return all.filter(({ apiVersion, kind }) => wanted.test(`${apiVersion} ${kind}`));
}

function report({ kind, request, places }: Difference): string {
  return `${kind}: ${request}\n${places.map((place) => `  ${place}\n`).join("")}`;
}

const theirs = await startUpstreamServer();
const ours = await startOurServer();
try {
  const objects = await comparedObjects();
  const comparison = new Comparison(ours.server, theirs.server, await placesOf(theirs.server, objects));
  await comparison.prepare();
  for (const object of objects) {
    const before = { asked: comparison.asked, found: comparison.found.length };
    await comparison.creates(object);
    await comparison.changes(object);
    const [asked, found] = [comparison.asked - before.asked, comparison.found.length - before.found];
    process.stdout.write(
      `${object.apiVersion} ${object.kind} ${object.metadata.name ?? ""}: ${asked} asked, ${found} answered differently\n`,
    );
  }
  await writeFile(REPORT, comparison.found.map(report).join("\n"));
  process.stdout.write(`${comparison.asked} requests, ${comparison.found.length} answered differently: ${REPORT}\n`);
} finally {
  await ours.stop();
  await theirs.stop();
}
