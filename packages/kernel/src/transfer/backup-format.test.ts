import { describe, expect, it } from "vitest";
import { backupBytes } from "./backup-bytes.js";
import { encodeFrame, MAGIC } from "./backup-frame.js";
import { encodeEntry, encodeHeader, encodeTrailer } from "./backup-records.js";
import { DamagedBackupError } from "./damaged-backup-error.js";
import { checkBackup } from "./read-backup.js";
import { collect, entry, inChunks, section } from "./sections.fixture.js";

const SECTIONS = [
  section("storage", 9, [
    entry("b", 2, "two"),
    entry("ä", 4, "", { createRevision: 3 }),
    entry("c", 7, "x".repeat(70_000), { expiresAt: 1_800_000_000_000 }),
    entry("d", 7, "same revision"),
  ]),
  section("storage-empty", 1, []),
  section("storage-events", 5, [entry("e", 5, "five")]),
];
const CREATED = new Date("2026-01-02T03:04:05.678Z");

async function backup(sections = SECTIONS): Promise<Buffer> {
  return Buffer.concat(await collect(backupBytes(sections, CREATED)));
}

const small = () => backup([section("storage", 9, [entry("b", 2, "two"), entry("c", 7, "x", { createRevision: 3 })])]);

describe("a backup", () => {
  it.each([1, 7, 64 * 1024, 1e9])("is read as it was written, in chunks of %i bytes", async (size) => {
    const bytes = await backup();
    const seen: number[] = [];
    const checked = await checkBackup(inChunks(bytes, size), (done, total) => {
      seen.push(done);
      expect(total).toBe(5);
    });
    expect(checked.header).toEqual({
      version: 1,
      created: "2026-01-02T03:04:05.678Z",
      stores: SECTIONS.map(({ name, revision, count }) => ({ name, revision, count })),
    });
    expect(checked.bytes).toBe(bytes.length);
    expect(checked.offsets).toHaveLength(3);
    expect(seen.at(-1)).toBe(5);
  });

  it("is refused when it ends early, wherever that is", async () => {
    const bytes = await small();
    for (let length = 0; length < bytes.length; length++) {
      const refused = checkBackup(inChunks(bytes.subarray(0, length), 50));
      await expect(refused, `${length} of ${bytes.length} bytes`).rejects.toBeInstanceOf(DamagedBackupError);
    }
    await checkBackup(inChunks(bytes));
  });

  it("is refused when a single bit is another, wherever that is", async () => {
    const bytes = await small();
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(at) ^ (1 << (at % 8)), at);
      await expect(checkBackup(inChunks(altered)), `byte ${at}`).rejects.toBeInstanceOf(DamagedBackupError);
    }
  });

  it("is refused when something follows it, or a record of it is missing or twice there", async () => {
    const bytes = await small();
    const frames: Buffer[] = [];
    for (let at = MAGIC.length; at < bytes.length; ) {
      const end = at + 8 + bytes.readUInt32BE(at);
      frames.push(bytes.subarray(at, end));
      at = end;
    }
    expect(frames).toHaveLength(4);
    const [header, first, second, trailer] = frames;
    const lists = [
      [header, second, trailer],
      [header, first, first, second, trailer],
      [header, second, first, trailer],
      [first, second, trailer],
      [header, first, second, trailer, trailer],
      [header, header, first, second, trailer],
      [header, trailer],
    ];
    for (const list of lists) {
      const joined = Buffer.concat([MAGIC, ...list.filter((one) => one !== undefined)]);
      await expect(checkBackup(inChunks(joined))).rejects.toBeInstanceOf(DamagedBackupError);
    }
    await checkBackup(inChunks(Buffer.concat([MAGIC, ...frames])));
  });

  const header = { version: 1, created: "2026-01-02T03:04:05Z", stores: [{ name: "storage", revision: 3, count: 1 }] };
  const rest = [encodeEntry(entry("a", 3, "v")), encodeTrailer({ entries: 1, sha256: "" })];

  it.each([
    ["other bytes", Buffer.from("this is a tar file, or a page of text"), "it does not begin as a backup does"],
    [
      "another version",
      Buffer.concat([MAGIC, encodeHeader({ ...header, version: 2 }), ...rest]),
      "it has version 2 of the format, this server reads version 1",
    ],
    ["a wrong digest", Buffer.concat([MAGIC, encodeHeader(header), ...rest]), "its checksum is wrong"],
    [
      "a record of an unknown kind",
      Buffer.concat([MAGIC, encodeHeader(header), encodeFrame(Buffer.from("?")), ...rest]),
      "is of no known kind",
    ],
    [
      "an entry from behind the revision",
      Buffer.concat([MAGIC, encodeHeader(header), encodeEntry(entry("a", 4, "v"))]),
      "does not belong there",
    ],
    [
      "a key of something else",
      Buffer.concat([MAGIC, encodeHeader(header), encodeEntry(entry("a", 3, "v", { key: "/etc/passwd" }))]),
      "does not belong there",
    ],
  ])("with %s says so", async (_what, bytes, message) => {
    await expect(checkBackup(inChunks(bytes))).rejects.toThrow(message);
  });
});
