/** How many events a watcher of the storm has missed. */
export const REPLAYED = 10;

/** An object of about one kilobyte, as a client would send it. */
export function fixture(name: string, seed: number) {
  const value = `${seed}-`.repeat(40).slice(0, 120);
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, labels: { app: `app-${seed % 10}`, tier: "backend" } },
    data: Object.fromEntries([0, 1, 2, 3, 4].map((index) => [`key-${index}`, value])),
  };
}

/** The same with the metadata that a server adds. */
export function storedFixture(name: string, seed: number) {
  const { metadata, ...object } = fixture(name, seed);
  const added = {
    namespace: "default",
    uid: `8c0d3b52-7c1e-4f3a-9d52-${seed.toString(16).padStart(12, "0")}`,
    resourceVersion: String(1000 + seed),
    creationTimestamp: "2026-01-01T00:00:00Z",
  };
  return { ...object, metadata: { ...metadata, ...added } };
}

/** A list document of so many such objects. */
export function listOf(count: number): Buffer {
  const items = Array.from({ length: count }, (_, index) => {
    const { metadata, data } = storedFixture(`object-${index}`, index);
    return { metadata, data };
  });
  return Buffer.from(
    JSON.stringify({ kind: "ConfigMapList", apiVersion: "v1", metadata: { resourceVersion: "5" }, items }),
  );
}
