// The floor of writes on etcd: what the client library alone reaches, in a process of its own.
import { Etcd3 } from "etcd3";
import { storedFixture } from "./fixture.js";
import { inParallel } from "./load.js";

/** One order of the bench: so many creates, so many at a time, below a prefix of their own. */
export interface EtcdOrder {
  readonly prefix: string;
  readonly count: number;
  readonly inFlight: number;
}

const client = new Etcd3({ hosts: process.argv.slice(2) });

async function create(key: string, seed: number): Promise<void> {
  const value = Buffer.from(JSON.stringify(storedFixture(key, seed)));
  const { succeeded } = await client.if(key, "Mod", "==", 0).then(client.put(key).value(value)).commit();
  if (!succeeded) throw new Error(`${key} existed before`);
}

process.on("message", ({ prefix, count, inFlight }: EtcdOrder) => {
  const started = performance.now();
  inParallel(count, inFlight, (index) => create(`${prefix}${index}`, index)).then(
    () => process.send?.({ milliseconds: performance.now() - started }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
