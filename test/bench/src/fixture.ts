/** An object of about one kilobyte, as a client would send it. */
export function fixture(name: string, seed: number): object {
  const value = `${seed}-`.repeat(40).slice(0, 120);
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, labels: { app: `app-${seed % 10}`, tier: "backend" } },
    data: Object.fromEntries([0, 1, 2, 3, 4].map((index) => [`key-${index}`, value])),
  };
}

/** A list document of so many such objects, each with the metadata that a server adds. */
export function listOf(count: number): Buffer {
  const items = Array.from({ length: count }, (_, index) => {
    const object = Object(fixture(`object-${index}`, index));
    const added = {
      uid: "8c0d3b52-7c1e-4f3a-9d52-0a7d9f1f2b11",
      resourceVersion: String(1000 + index),
      creationTimestamp: "2026-01-01T00:00:00Z",
    };
    return { metadata: { ...object.metadata, ...added }, data: object.data };
  });
  return Buffer.from(
    JSON.stringify({ kind: "ConfigMapList", apiVersion: "v1", metadata: { resourceVersion: "5" }, items }),
  );
}
