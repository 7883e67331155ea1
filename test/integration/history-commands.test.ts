import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../docs/markdown.js";
import { quarterdeck, type Run } from "../docs/quarterdeck.js";
import { ServerProcess } from "../process/server-process.js";
import { ProcessClient } from "./support/process-client.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

describe("quarterdeck history and diff", { timeout: 120_000 }, () => {
  let folder: string;
  let server: ServerProcess;
  let client: ProcessClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-history-"));
    const file = join(folder, "apiserver.config.json");
    const resources = ["kubernetes", join(ROOT, "docs/examples/rollout/src/index.ts")];
    await writeFile(file, JSON.stringify({ resources, storage: ["level", { path: join(folder, "store") }] }));
    server = await ServerProcess.start(file);
    client = await ProcessClient.of(server);
    await client.request("POST", rolloutsOf("default"), rollout("web", { replicas: 2 }));
    await client.request("PUT", `${rolloutsOf("default")}/web`, {
      ...rollout("web", { replicas: 3 }),
      metadata: { name: "web", labels: { tier: "front" } },
    });
    await client.request("DELETE", `${rolloutsOf("default")}/web`);
    await client.request("POST", "/api/v1/namespaces", { metadata: { name: "demo", labels: { a: "b" } } });
  });
  afterAll(async () => {
    await server.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]): Promise<Run> =>
    quarterdeck([...args, "--kubeconfig", server.kubeconfig], folder);

  /** Columns are two spaces or more apart. */
  const cells = (line: string): readonly string[] => line.split(/ {2,}/);

  it.each(["rollouts", "rollout", "Rollout", "ro", "rollouts.delivery.example.com", "ro.delivery.example.com"])(
    "show what was done to an object, called %s",
    async (word) => {
      const { code, stdout, stderr } = await run("history", word, "web", "-n", "default");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const [head = "", ...rows] = stdout.trimEnd().split("\n");
      expect(cells(head)).toEqual(["REVISION", "WHEN", "WHO", "WHAT"]);
      const table = rows.map(cells);
      expect(table.map(([, , who, what]) => [who, what])).toEqual([
        [expect.stringMatching(/^kubernetes-admin/), "deleted"],
        [expect.stringMatching(/^kubernetes-admin/), "updated metadata.labels.tier +front, spec.replicas 2→3"],
        [expect.stringMatching(/^kubernetes-admin/), "created"],
      ]);
      for (const [revision, when] of table) {
        expect(revision).toMatch(/^\d+$/);
        expect(when).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      }
    },
  );

  it("show part of it, and say so", async () => {
    const { stdout, stderr } = await run("history", "ro", "web", "--limit", "1");
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
    expect(stderr).toBe("there are older changes: --limit shows more\n");
  });

  it("show the last change, or what is different between two revisions", async () => {
    const last = await run("diff", "ro", "web");
    expect(last.stdout).toMatch(/^--- rollouts\/default\/web {2}revision \d+, updated, /);
    expect(last.stdout).toContain("\n+++ rollouts/default/web  revision ");
    expect(last.stdout).toContain("\n-  replicas: 3\n");
    const revisions = (await run("history", "ro", "web")).stdout.match(/^\d+/gm) ?? [];
    const [, updated = "", created = ""] = revisions;
    const change = await run("diff", "ro", "web", "--from", created, "--to", updated);
    expect(change.stdout).toContain("\n-  replicas: 2\n+  replicas: 3\n");
    expect(change.stdout).toContain("\n+    tier: front\n");
    expect((await run("diff", "ro", "web", "--to", updated)).stdout).toBe(change.stdout);
    const birth = await run("diff", "ro", "web", "--to", created);
    expect(birth.stdout).toContain("--- rollouts/default/web  (not there yet)\n");
    const alike = await run("diff", "ro", "web", "--from", created, "--to", created);
    expect(alike).toEqual({ code: 0, stdout: "", stderr: "the two states are alike\n" });
    expect(change.stdout).not.toContain("\x1b[");
  });

  it("know cluster-scoped resources", async () => {
    expect((await run("history", "ns", "demo")).stdout).toMatch(/ created\n$/);
    expect(await run("history", "ns", "demo", "-n", "default")).toMatchObject({
      code: 2,
      stderr: "error: namespaces have no namespace\n",
    });
  });

  it.each([
    [["history", "rollot", "web"], 2, 'error: the server serves no resource "rollot"; did you mean "rollout"?\n'],
    [["history", "cm", "nope"], 1, 'error: the server says: configmaps "nope" not found\n'],
    [["history", "cm", "a", "--limit", "x"], 2, 'error: flag --limit takes a number from 1 to 499, not "x"\n'],
    [["diff", "ro", "web", "--from", "x"], 2, 'error: flag --from takes a revision as history shows it, not "x"\n'],
    [["diff", "ro", "web", "--to", "1"], 1, "error: web was not there yet at revision 1\n"],
    [["diff", "ro"], 2, "error: a word is missing; usage: quarterdeck diff RESOURCE NAME\n"],
  ])("%j ends with %i", async (args, code, stderr) => {
    expect(await run(...args)).toEqual({ code, stdout: "", stderr });
  });

  it("say when older changes are forgotten", async () => {
    const short = join(folder, "short.json");
    await writeFile(
      short,
      JSON.stringify({ storage: ["level", { path: join(folder, "short"), compactionSeconds: 1 }] }),
    );
    const forgetful = await ServerProcess.start(short);
    try {
      const admin = await ProcessClient.of(forgetful);
      const maps = "/api/v1/namespaces/default/configmaps";
      await admin.request("POST", maps, { metadata: { name: "a" } });
      await admin.request("PUT", `${maps}/a`, { metadata: { name: "a" }, data: { k: "v" } });
      const asked = (...args: readonly string[]) =>
        quarterdeck([...args, "--kubeconfig", forgetful.kubeconfig], folder);
      await expect
        .poll(async () => (await asked("history", "cm", "a")).stderr, { timeout: 60_000, interval: 500 })
        .toBe("older changes are forgotten: the storage remembers for compactionSeconds, which the config can raise\n");
      const { stdout } = await asked("history", "cm", "a");
      expect(stdout).toMatch(/ updated \(what it was before is not known\)\n$/);
      expect(await asked("diff", "cm", "a")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("error: older changes are forgotten"),
      });
    } finally {
      await forgetful.dispose();
    }
  });

  it("say that no server runs, or that there is no kubeconfig", async () => {
    const nowhere = join(folder, "nowhere.kubeconfig");
    const cluster = { server: "https://127.0.0.1:1" };
    const content = {
      "current-context": "c",
      contexts: [{ name: "c", context: { cluster: "k", user: "u" } }],
      clusters: [{ name: "k", cluster }],
      users: [{ name: "u", user: { token: "t" } }],
    };
    await writeFile(nowhere, JSON.stringify(content));
    expect(await quarterdeck(["history", "cm", "a", "--kubeconfig", nowhere], folder)).toMatchObject({
      code: 1,
      stderr: "error: no server answers at https://127.0.0.1:1 (ECONNREFUSED): is it running?\n",
    });
    expect(await quarterdeck(["history", "cm", "a", "--kubeconfig", join(folder, "none")], folder)).toMatchObject({
      code: 2,
      stderr: `error: there is no kubeconfig: start the server once, or name one with --kubeconfig at server.kubeconfig = "${join(folder, "none")}"\n`,
    });
  });
});
