import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Logger } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveConfig } from "../config/resolve-config.js";
import { FileWatches } from "../files/file-watches.js";
import { CertificateKeeper } from "./certificate-keeper.js";
import { type ServerCertificates, serverCertificates } from "./server-certificates.js";

const DAY = 86_400_000;

class Reasons extends Logger {
  readonly texts: string[] = [];
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(_message: string, fields: { readonly reason?: string } = {}): void {
    this.texts.push(fields.reason ?? "");
  }
}

let data: string;
let now: number;
let applied: ServerCertificates[];
let logger: Reasons;
let files: FileWatches;
let keeper: CertificateKeeper;
let first: ServerCertificates;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "quarterdeck-keeper-"));
  now = Date.now();
  applied = [];
  logger = new Reasons();
  files = new FileWatches(10);
  const { server } = resolveConfig({ shown: "test", directory: data, content: { server: { data } } });
  first = await serverCertificates(server, new Date(now));
  const apply = (next: ServerCertificates): void => void applied.push(next);
  keeper = new CertificateKeeper({ server, files, logger, now: () => new Date(now), apply }, first);
});
afterEach(async () => {
  files.stop();
  await keeper.stop();
  await rm(data, { recursive: true, force: true });
});

describe("CertificateKeeper", () => {
  it("does nothing while nothing is due", async () => {
    await keeper.refresh();
    expect(applied).toEqual([]);
    expect(logger.texts).toEqual([]);
  });

  it("renews what expires within thirty days, by the same authorities", async () => {
    now += 334 * DAY;
    await keeper.refresh();
    expect(applied).toEqual([]);
    now += 2 * DAY;
    await keeper.refresh();
    const [next] = applied;
    expect([...(next?.issued ?? [])].sort()).toEqual(["admin", "front-proxy-client", "serving"]);
    expect(next).toMatchObject({ servingCa: first.servingCa, frontProxyCas: first.frontProxyCas });
    const serving = new X509Certificate(next?.serving.certificate ?? "");
    expect(Date.parse(serving.validTo)).toBeGreaterThan(now + 364 * DAY);
    await keeper.refresh();
    expect(applied).toHaveLength(1);
  });

  it("looks at the files until it is stopped", async () => {
    keeper.start();
    await rm(join(data, "pki", "serving.key"));
    // Again and again: what a file holds when it is looked at first is no change.
    let round = 0;
    const damage = async (): Promise<number> => {
      if (applied.length === 0) await writeFile(join(data, "pki", "serving.crt"), `damaged ${round++}`);
      return applied.length;
    };
    await expect.poll(damage, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(applied[0]?.issued).toEqual(["serving"]);
    await keeper.stop();
    const before = applied.length;
    now += 350 * DAY;
    await keeper.refresh();
    expect(applied).toHaveLength(before);
  });

  it("never makes an authority anew: its clients would trust it no longer", async () => {
    const path = join(data, "pki", "ca.key");
    await writeFile(path, await readFile(join(data, "pki", "front-proxy-ca.key")));
    await keeper.refresh();
    await rm(path);
    await keeper.refresh();
    expect(applied).toEqual([]);
    expect(logger.texts).toEqual([
      expect.stringMatching(/^ca\.crt and ca\.key in .*: the certificate does not belong to the key$/),
      expect.stringMatching(/^ca\.crt and ca\.key in .*: it cannot be read$/),
    ]);
    expect(await readFile(join(data, "pki", "ca.crt"), "utf8")).toBe(first.servingCa);
  });
});
