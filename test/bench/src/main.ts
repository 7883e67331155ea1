import { etcdMissing } from "@quarterdeck/testing/etcd";
import { benchChain } from "./chain.js";
import { benchEncryption } from "./encryption.js";
import { benchEtcd } from "./etcd.js";
import { benchFairness } from "./fairness.js";
import type { Line } from "./measure.js";
import { benchMemory } from "./memory.js";
import { benchNative } from "./native.js";
import { printTable } from "./print-table.js";
import { benchProtobuf } from "./protobuf.js";
import { benchRbac } from "./rbac.js";
import { benchRestart } from "./restart.js";
import { benchScale } from "./scale.js";
import { benchServer, SERVER_LINES } from "./server.js";
import { benchStarts } from "./start.js";
import { benchWrites, WRITE_LINES } from "./writes.js";

const OBJECTS = [10_000, 50_000, 100_000];
const rounds = Number(process.env.QUARTERDECK_BENCH_ROUNDS ?? 5);

/** What the default table has, and what the storage's has. */
const TABLES: ReadonlyMap<string, readonly string[]> = new Map([
  ["server", ["get", "list", "watch", "create", "start"]],
  ["security", ["rbac", "chain", "fairness", "encryption"]],
  ["wire", ["protobuf"]],
  ["native", ["native"]],
  ["writes", ["apply", "update", "one-object"]],
  ["storage", ["scale", "restart", "memory", "watch", "storm", "etcd"]],
]);

const asked = process.argv.slice(2);
const names = new Set((asked.length === 0 ? ["server"] : asked).flatMap((name) => TABLES.get(name) ?? [name]));
const known = new Set([...TABLES.values()].flat());
const unknown = [...names].find((name) => !known.has(name));
if (unknown !== undefined) throw new Error(`${unknown} is none of ${[...TABLES.keys(), ...known].join(", ")}`);

const lines: Line[] = [];
const measure = async (name: string, run: () => Promise<readonly Line[]>) => {
  if (!names.has(name)) return;
  process.stderr.write(`measuring ${name} …\n`);
  lines.push(...(await run()));
};

await measure("scale", () => benchScale(rounds, OBJECTS));
await measure("restart", () => benchRestart(rounds, OBJECTS.slice(1)));
await measure("memory", () => benchMemory(100_000));
if (SERVER_LINES.some((name) => names.has(name))) await benchServer(rounds, measure);
if (WRITE_LINES.some((name) => names.has(name))) await benchWrites(rounds, measure);
await measure("rbac", () => benchRbac(rounds));
await measure("chain", () => benchChain(rounds));
await measure("fairness", () => benchFairness());
await measure("encryption", () => benchEncryption(rounds));
await measure("protobuf", () => benchProtobuf(rounds));
await measure("start", () => benchStarts(rounds));
await measure("native", () => benchNative(rounds));
if (etcdMissing === undefined) await measure("etcd", () => benchEtcd(rounds));
else if (names.delete("etcd")) process.stdout.write(`\nThe lines of etcd are left out: ${etcdMissing}.\n`);
printTable(lines, rounds);
