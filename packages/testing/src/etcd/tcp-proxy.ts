import { connect, createServer, type Socket } from "node:net";

/** Stands between a client and an etcd, for what only the network can do to them. */
export interface TcpProxy {
  /** The address to connect to instead; the scheme is that of the target. */
  readonly endpoint: string;
  /** Resets all connections and refuses new ones. */
  cut(): void;
  /** Connections stay open, new ones are taken, and nothing goes through any more. */
  stall(): void;
  /** Lets everything through again. */
  heal(): void;
  stop(): Promise<void>;
}

/** Starts a proxy in front of an endpoint such as `http://127.0.0.1:2379`; it listens on an address of this machine. */
export async function startProxy(target: string, host = "127.0.0.1"): Promise<TcpProxy> {
  const url = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: "open" | "cut" | "stalled" = "open";

  const drop = (pair: readonly [Socket, Socket]): void => {
    pairs.delete(pair);
    for (const socket of pair) socket.destroy();
  };
  const server = createServer((client) => {
    if (state === "cut") {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(url.port), url.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.setNoDelay(true);
      from.on("data", (chunk) => to.write(chunk));
      from.on("error", () => drop(pair));
      from.on("close", () => drop(pair));
      if (state === "stalled") from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  const each = (act: (socket: Socket) => void): void => {
    for (const socket of [...pairs].flat()) act(socket);
  };
  return {
    endpoint: `${url.protocol}//${host}:${address.port}`,
    cut: () => {
      state = "cut";
      for (const pair of [...pairs]) drop(pair);
    },
    stall: () => {
      state = "stalled";
      each((socket) => socket.pause());
    },
    heal: () => {
      state = "open";
      each((socket) => socket.resume());
    },
    stop: async () => {
      for (const pair of [...pairs]) drop(pair);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
