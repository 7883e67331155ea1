import { createServer, type Server } from "node:net";

async function listen(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a free port has no number");
  return { server, port: address.port };
}

/** So many ports of 127.0.0.1 that nobody listens on; another process may still take one before its use. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held before the first is let go, so that they differ.
  const held = await Promise.all(Array.from({ length: count }, listen));
  await Promise.all(held.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  return held.map(({ port }) => port);
}
