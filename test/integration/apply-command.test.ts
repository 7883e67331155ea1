import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../docs/markdown.js";
import { quarterdeck, type Run } from "../docs/quarterdeck.js";
import { ServerProcess } from "../process/server-process.js";
import { ProcessClient } from "./support/process-client.js";

/** A document of a config map. */
function map(name: string, data: string, namespace?: string): string {
  const place = namespace === undefined ? "" : `, namespace: ${namespace}`;
  return `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${place} }\ndata: ${data}\n`;
}

function rollout(name: string, spec: string): string {
  return `apiVersion: delivery.example.com/v1\nkind: Rollout\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
}

describe("quarterdeck apply", { timeout: 120_000 }, () => {
  let folder: string;
  let server: ServerProcess;
  let client: ProcessClient;

  /** Starts a server of its own, with transactions or without. */
  async function start(transactions: boolean): Promise<ServerProcess> {
    const file = join(folder, `config-${transactions}.json`);
    const resources = ["kubernetes", join(ROOT, "docs/examples/rollout/src/index.ts")];
    await writeFile(file, JSON.stringify({ server: { transactions }, resources, storage: ["memory", {}] }));
    return ServerProcess.start(file);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-apply-"));
    server = await start(true);
    client = await ProcessClient.of(server);
  });
  afterAll(async () => {
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...words: readonly string[]): Promise<Run> =>
    quarterdeck(["apply", ...words, "--kubeconfig", server.kubeconfig], folder);
  const write = async (files: { readonly [name: string]: string }): Promise<void> => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  };
  const mapOf = (name: string, namespace = "default") =>
    client.read(`/api/v1/namespaces/${namespace}/configmaps/${name}`);
  const statusOf = async (name: string, namespace = "default") =>
    (await client.request("GET", `/api/v1/namespaces/${namespace}/configmaps/${name}`)).status;

  it("applies a folder with a namespace in it as one, at one revision", async () => {
    await write({
      "shop/a-map.yaml": map("colours", "{ sky: blue }", "shop") + map("sizes", "{ s: '1' }", "shop"),
      "shop/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n",
      "shop/web.json": JSON.stringify({
        apiVersion: "delivery.example.com/v1",
        kind: "Rollout",
        metadata: { name: "web", namespace: "shop" },
        spec: { image: "web:1.0" },
      }),
    });
    const lines = (suffix = "") =>
      ["namespace/shop", "configmap/colours", "configmap/sizes", "rollout.delivery.example.com/web"]
        .map((title) => `${title} serverside-applied${suffix}\n`)
        .join("");
    const dry = await run("-f", "shop", "--atomic", "--dry-run=server");
    expect(dry).toEqual({ code: 0, stdout: lines(" (server dry run)"), stderr: "" });
    expect((await client.request("GET", "/api/v1/namespaces/shop")).status).toBe(404);
    expect(await run("-f", "shop/", "--atomic")).toEqual({ code: 0, stdout: lines(), stderr: "" });
    const revisions = [await mapOf("colours", "shop"), await mapOf("sizes", "shop")].map(
      ({ metadata }) => metadata.resourceVersion,
    );
    expect(new Set(revisions).size).toBe(1);
    expect((await mapOf("colours", "shop")).metadata.managedFields).toMatchObject([
      { manager: "quarterdeck", operation: "Apply" },
    ]);
    expect(await run("-f", "shop")).toEqual({ code: 0, stdout: lines(), stderr: "" });
  });

  it("applies all or nothing, and names what failed", async () => {
    await write({
      "half/a.yaml": map("first", "{ k: '1' }"),
      "half/b.yaml": `${rollout("bad", "{ image: 'web:1.0', replicas: -1 }")}${map("third", "{ k: '1' }")}`,
    });
    const atomic = await run("-f", "half", "--atomic");
    expect({ code: atomic.code, stdout: atomic.stdout }).toEqual({ code: 1, stdout: "" });
    expect(atomic.stderr).toMatch(
      /^error: rollout\.delivery\.example\.com\/bad \(half\/b\.yaml, document 1\): .*spec\.replicas.*; nothing was stored\n$/,
    );
    expect([await statusOf("first"), await statusOf("third")]).toEqual([404, 404]);
    const each = await run("-f", "half");
    expect({ code: each.code, stdout: each.stdout }).toEqual({
      code: 1,
      stdout: "configmap/first serverside-applied\nconfigmap/third serverside-applied\n",
    });
    expect(each.stderr).toMatch(
      /^error: rollout\.delivery\.example\.com\/bad \(half\/b\.yaml, document 1\): .*replicas/,
    );
  });

  it.each([[[]], [["--atomic"]]])("says whose a field is, and takes it when told to: %j", async (flags) => {
    const name = `owned${flags.length}`;
    await write({ "owned.yaml": map(name, "{ k: '1' }"), "mine.yaml": map(name, "{ k: '2' }") });
    expect((await run("-f", "owned.yaml", "--field-manager", "owner", ...flags)).code).toBe(0);
    const refused = await run("-f", "mine.yaml", ...flags);
    const conflict = 'Apply failed with 1 conflict: conflict with "owner": .data.k';
    const end = flags.length === 0 ? "" : "; nothing was stored";
    expect(refused).toEqual({
      code: 1,
      stdout: "",
      stderr: `error: configmap/${name} (mine.yaml): ${conflict}; --force-conflicts takes these fields over${end}\n`,
    });
    expect((await mapOf(name)).data).toEqual({ k: "1" });
    expect((await run("-f", "mine.yaml", "--force-conflicts", ...flags)).code).toBe(0);
    expect((await mapOf(name)).data).toEqual({ k: "2" });
  });

  it("reads standard input, several paths, and shows warnings", async () => {
    await write({ "one.yaml": map("one", "{}"), "two.yaml": map("two", "{}") });
    expect(await run("-f", "one.yaml", "-f", "two.yaml,shop/a-map.yaml", "-n", "shop")).toMatchObject({
      code: 0,
      stdout: ["one", "two", "colours", "sizes"].map((name) => `configmap/${name} serverside-applied\n`).join(""),
    });
    expect(await statusOf("one", "shop")).toBe(200);
    await write({ "latest.yaml": rollout("latest", "{ image: 'web:latest' }") });
    for (const flags of [[], ["--atomic"]]) {
      expect(await run("-f", "latest.yaml", ...flags)).toEqual({
        code: 0,
        stdout: "rollout.delivery.example.com/latest serverside-applied\n",
        stderr: "Warning: spec.image: a fixed tag makes a rollout repeatable\n",
      });
    }
  });

  it("sends nothing that is wrong on its face", async () => {
    await write({
      "strange.yaml": `${map("beside", "{}")}---\napiVersion: v9\nkind: Stranger\nmetadata: { name: x }\n`,
    });
    expect(await run("-f", "strange.yaml")).toEqual({
      code: 2,
      stdout: "",
      stderr: 'error: strange.yaml, document 2: the server serves no kind "Stranger" in version "v9"\n',
    });
    expect(await statusOf("beside")).toBe(404);
    expect((await run("-f", "nowhere")).stderr).toBe('error: the path "nowhere" does not exist\n');
    expect((await run()).stderr).toBe("error: flag --filename is needed: what is to be applied?\n");
    expect((await run("-f", "one.yaml", "--dry-run=client")).stderr).toBe(
      'error: flag --dry-run takes "server", not "client"\n',
    );
  });

  it("says so when the server has no transactions", async () => {
    const plain = await start(false);
    const words = ["apply", "-f", "one.yaml", "--kubeconfig", plain.kubeconfig];
    const refused = await quarterdeck([...words, "--atomic"], folder);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^error: the server at https:\S+ has no transactions; nothing was stored\. Set server\.transactions in its config, or apply without --atomic\n$/,
    );
    expect((await quarterdeck(words, folder)).code).toBe(0);
    await plain.dispose();
  });
});
