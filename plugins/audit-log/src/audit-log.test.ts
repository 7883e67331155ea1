import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { auditRecord } from "@quarterdeck/testing/audit-contract";
import { CountedMetrics, FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "./audit-log.js";
import { AuditLogOptions } from "./log-options.js";

let folder: string;
let started: AuditLog[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "audit-log-"));
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((one) => one.stop()));
  await rm(folder, { recursive: true });
});

const DEFAULTS: Omit<AuditLogOptions, "path"> = {
  format: "json",
  mode: "blocking",
  maxSizeMebibytes: 0,
  maxAgeDays: 0,
  maxBackups: 0,
  compress: false,
  batchBufferSize: 10_000,
  batchMaxWaitSeconds: 1,
};

async function start(
  options: Partial<AuditLogOptions> = {},
  metrics = new CountedMetrics(),
  logger = new KeptLogger(),
) {
  const all = Object.assign(new AuditLogOptions(), { path: "audit.log", ...DEFAULTS, ...options });
  const log = new AuditLog(all, logger, new FolderPaths(folder), metrics);
  await log.start();
  started.push(log);
  return log;
}

const lines = async (name = "audit.log") => (await readFile(join(folder, name), "utf8")).trimEnd().split("\n");
const ids = async (name?: string) => (await lines(name)).map((line): unknown => JSON.parse(line).auditID);

describe("the audit log", () => {
  it("has an event on disk once the write resolves, in order, and is its owner's alone", async () => {
    const log = await start();
    await log.write([auditRecord({ auditID: "1" }), auditRecord({ auditID: "2" })]);
    expect(await ids()).toEqual(["1", "2"]);
    await Promise.all(Array.from({ length: 100 }, (_, index) => log.write([auditRecord({ auditID: `n${index}` })])));
    expect((await ids()).slice(2)).toEqual(Array.from({ length: 100 }, (_, index) => `n${index}`));
    expect((await stat(join(folder, "audit.log"))).mode & 0o777).toBe(0o600);
  });

  it("appends to what is there, and writes the legacy format if asked", async () => {
    await writeFile(join(folder, "audit.log"), "before\n");
    const log = await start({ format: "legacy" });
    await log.write([auditRecord()]);
    expect(await lines()).toEqual(["before", expect.stringMatching(/^2026-11-26T01:02:03.000000Z AUDIT: id="id-1"/)]);
  });

  it("begins a new file when one is full, and loses nothing between them", async () => {
    const log = await start({ maxSizeMebibytes: 0.002 });
    for (let index = 0; index < 20; index++) await log.write([auditRecord({ auditID: `r${index}` })]);
    const names = (await readdir(folder)).sort();
    expect(names.length).toBeGreaterThan(3);
    expect(names.every((name) => /^audit(-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3})?\.log$/.test(name))).toBe(true);
    const all = await Promise.all(names.map((name) => ids(name)));
    expect(all.flat()).toEqual(Array.from({ length: 20 }, (_, index) => `r${index}`));
    for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThan(2200);
  });

  it("keeps so many old files, none that is too old, compressed", async () => {
    const ancient = "audit-2020-01-01T00-00-00.000.log";
    await writeFile(join(folder, ancient), "{}\n");
    await utimes(join(folder, ancient), 1, 1);
    await writeFile(join(folder, "audit-notes.log"), "mine\n");
    const log = await start({ maxSizeMebibytes: 0.001, maxBackups: 2, maxAgeDays: 1, compress: true });
    for (let index = 0; index < 8; index++) await log.write([auditRecord({ auditID: `c${index}` })]);
    await log.stop();
    const names = (await readdir(folder)).filter((name) => name !== "audit.log" && name !== "audit-notes.log");
    expect(names).toHaveLength(2);
    expect(names.every((name) => name.endsWith(".log.gz"))).toBe(true);
    for (const name of names) {
      expect(gunzipSync(await readFile(join(folder, name))).toString()).toMatch(/"auditID":"c\d"/);
    }
  });

  it("follows its name when the file is moved away, as logrotate does", async () => {
    const log = await start();
    await log.write([auditRecord({ auditID: "1" })]);
    await rename(join(folder, "audit.log"), join(folder, "moved"));
    await expect
      .poll(
        async () => {
          await log.write([auditRecord({ auditID: "2" })]);
          return readdir(folder);
        },
        { timeout: 5000 },
      )
      .toContain("audit.log");
    expect((await ids("moved"))[0]).toBe("1");
    expect(new Set(await ids())).toEqual(new Set(["2"]));
  });

  it("gathers events in mode batch, drops and counts what is too much, and writes all at the stop", async () => {
    const metrics = new CountedMetrics();
    const log = await start({ mode: "batch", batchMaxWaitSeconds: 3600, batchBufferSize: 10 }, metrics);
    for (let index = 0; index < 4; index++) expect(log.write([auditRecord({ auditID: `b${index}` })])).toBeUndefined();
    expect(await lines()).toEqual([""]);
    for (let index = 4; index < 30; index++) log.write([auditRecord({ auditID: `b${index}` })]);
    await log.stop();
    const written = await ids();
    const dropped = metrics.value("apiserver_audit_error_total");
    expect(dropped).toBeGreaterThan(0);
    expect(written.length + dropped).toBe(30);
    expect(written.slice(0, 4)).toEqual(["b0", "b1", "b2", "b3"]);
  });

  it("writes a batch after its time", async () => {
    const log = await start({ mode: "batch", batchMaxWaitSeconds: 0.02 });
    log.write([auditRecord({ auditID: "soon" })]);
    await expect.poll(ids, { timeout: 5000 }).toEqual(["soon"]);
  });

  it("rejects when the file cannot be written, and goes on once it can", async () => {
    const log = await start();
    expect([log.strict, (await start({ mode: "blocking-strict", path: "strict.log" })).strict]).toEqual([false, true]);
    await rename(join(folder, "audit.log"), join(folder, "moved"));
    await mkdir(join(folder, "audit.log"));
    await expect
      .poll(() => Promise.resolve(log.write([auditRecord()])).then(() => "written", String), { timeout: 5000 })
      .toMatch(/EISDIR/);
    await rm(join(folder, "audit.log"), { recursive: true });
    await log.write([auditRecord({ auditID: "again" })]);
    expect(await ids()).toEqual(["again"]);
  });

  it("stops the start when the file cannot be opened", async () => {
    await mkdir(join(folder, "taken"));
    await chmod(join(folder, "taken"), 0o700);
    await expect(start({ path: "taken" })).rejects.toThrow("EISDIR");
    await expect(start({ path: "no/such/folder/audit.log" })).rejects.toThrow("ENOENT");
  });
});
