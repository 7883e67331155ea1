import type { KubeObject } from "@quarterdeck/meta";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, createNamespace, listOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { WatchReader } from "./support/watch-reader.js";

const ALL = "/apis/delivery.example.com/v1/rollouts";
const MANY = 300;

/** Enough objects that selectors are answered by indices. */
describe("selectors over many objects", () => {
  let server: TestServer;
  const expected: KubeObject[] = [];

  beforeAll(async () => {
    server = await startExampleServer();
    for (const namespace of ["one", "two"]) await createNamespace(server, namespace);
    const jobs = Array.from({ length: MANY }, async (_, n) => {
      const object = rollout(`r${String(n).padStart(3, "0")}`, { image: `web:${n % 20}` });
      const labels = { app: `app-${n % 30}`, ...(n % 2 === 0 && { even: "yes" }) };
      expected[n] = await create(server, rolloutsOf(n % 3 === 0 ? "one" : "two"), {
        ...object,
        metadata: { ...object.metadata, labels },
      });
    });
    await Promise.all(jobs);
  });
  afterAll(() => server.stop());

  const pathOf = ({ metadata }: KubeObject) => `${metadata.namespace}/${metadata.name}`;
  const labelled = (label: string, value: string) => (one: KubeObject) => one.metadata.labels?.[label] === value;
  const imaged = (image: string) => (one: KubeObject) => JSON.stringify(one.spec).includes(`"${image}"`);

  it.each<[string, (one: KubeObject) => boolean]>([
    ["labelSelector=app%3Dapp-7", labelled("app", "app-7")],
    ["labelSelector=app+in+(app-7,app-8)", (one) => /^app-[78]$/.test(one.metadata.labels?.app ?? "")],
    ["labelSelector=even", (one) => one.metadata.labels?.even !== undefined],
    ["labelSelector=!even", (one) => one.metadata.labels?.even === undefined],
    ["labelSelector=app%3Dapp-8,even", (one) => labelled("app", "app-8")(one) && one.metadata.labels?.even === "yes"],
    ["labelSelector=app%3Dapp-8,even!%3Dyes", () => false],
    ["fieldSelector=spec.image%3Dweb:7", imaged("web:7")],
    ["fieldSelector=spec.image!%3Dweb:7", (one) => !imaged("web:7")(one)],
    [
      "fieldSelector=spec.image%3Dweb:7,metadata.namespace%3Done",
      (one) => imaged("web:7")(one) && one.metadata.namespace === "one",
    ],
    [
      "fieldSelector=spec.image%3Dweb:7&labelSelector=app%3Dapp-27",
      (one) => imaged("web:7")(one) && labelled("app", "app-27")(one),
    ],
  ])("lists and pages by %s", async (query, chosen) => {
    const wanted = expected.filter(chosen).map(pathOf).sort();
    const all = listOf(await server.request(`${ALL}?${query}`));
    expect(all.items.map(pathOf)).toEqual(wanted);
    const paged: string[] = [];
    let token = "";
    do {
      const page = listOf(await server.request(`${ALL}?${query}&limit=7&continue=${token}`));
      expect(page.metadata).not.toHaveProperty("remainingItemCount");
      paged.push(...page.items.map(pathOf));
      token = page.metadata.continue ?? "";
    } while (token !== "");
    expect(paged).toEqual(wanted);
  });

  it("tells watches of what enters, changes within and leaves a label and a field", async () => {
    const since = `watch=1&resourceVersion=${listOf(await server.request(`${ALL}?limit=1`)).metadata.resourceVersion}`;
    const byLabel = await WatchReader.open(server, `${ALL}?${since}&labelSelector=app%3Dmoved`);
    const byField = await WatchReader.open(server, `${ALL}?${since}&fieldSelector=spec.image%3Dmoved:1`);
    const patch = (body: object) =>
      server.request(`${rolloutsOf("one")}/r003`, {
        method: "PATCH",
        headers: { "content-type": "application/merge-patch+json" },
        body,
      });
    await patch({ metadata: { labels: { app: "moved" } } });
    await patch({ spec: { image: "moved:1" } });
    await patch({ metadata: { labels: { app: "back" } } });
    await patch({ spec: { image: "web:3" } });
    expect(await byLabel.take(3)).toEqual(["ADDED r003", "MODIFIED r003", "DELETED r003"]);
    expect(await byField.take(3)).toEqual(["ADDED r003", "MODIFIED r003", "DELETED r003"]);
    byLabel.close();
    byField.close();
    expect(listOf(await server.request(`${ALL}?labelSelector=app%3Dback`)).items.map(pathOf)).toEqual(["one/r003"]);
    expect(listOf(await server.request(`${ALL}?labelSelector=app%3Dmoved`)).items).toEqual([]);
  });
});
