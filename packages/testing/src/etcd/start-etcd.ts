import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EtcdCertificates, makeEtcdCertificates } from "./etcd-certificates.js";
import { EtcdProcess } from "./etcd-process.js";
import { type EtcdUser, enableEtcdUsers } from "./etcd-users.js";
import { freePorts } from "./free-ports.js";

/** Ports that were free a moment ago may be taken at the start; then it is tried again with others. */
const ATTEMPTS = 3;

/** How an etcd is to be started. */
export interface EtcdOptions {
  /** How many members the cluster has; 1 without it. */
  readonly members?: number;
  /** `server`: the server shows a certificate; `mutual`: it asks for one as well. Plain HTTP without it. */
  readonly tls?: "server" | "mutual";
  /** Turns authentication on, with this user; not together with mutual TLS. */
  readonly auth?: EtcdUser;
  /** A folder with the data of an earlier etcd, or an empty one; it is not removed at the end. */
  readonly dataDir?: string;
  /**
   * Milliseconds without a leader until a member stands for election; a tenth of it is the heartbeat. The shortest life
   * of a lease is one and a half of it, in whole seconds. 500 for one member, 1000 for more without it.
   */
  readonly electionTimeout?: number;
  /** More flags of etcd, such as `--max-txn-ops=1024`. */
  readonly arguments?: readonly string[];
}

/** A running etcd, one process for each member. */
export interface Etcd {
  /** The client URLs of all members. They stay the same through restarts. */
  readonly endpoints: readonly string[];
  /** For a single member to be killed, paused or restarted. */
  readonly members: readonly EtcdProcess[];
  /** With TLS: the files a client needs. */
  readonly certificates: EtcdCertificates | undefined;
  /** SIGKILL to all members. */
  kill(): Promise<void>;
  /** SIGSTOP to all members: connections stay open and nothing answers. */
  pause(): Promise<void>;
  /** SIGCONT to all members. */
  resume(): void;
  /** Starts all members again at their addresses, on their data or, with `empty`, on none. Kills those that run. */
  restart(options?: { readonly empty?: boolean }): Promise<void>;
  /** Ends all members and removes their data. */
  stop(): Promise<void>;
}

function tlsArguments(certificates: EtcdCertificates | undefined, mutual: boolean): string[] {
  if (certificates === undefined) return [];
  const { ca, serverCert, serverKey } = certificates;
  const server = ["--cert-file", serverCert, "--key-file", serverKey];
  return mutual ? [...server, "--client-cert-auth", "--trusted-ca-file", ca] : server;
}

async function makeMembers(
  folder: string,
  options: EtcdOptions,
  certificates: EtcdCertificates | undefined,
): Promise<EtcdProcess[]> {
  const count = options.members ?? 1;
  const ports = await freePorts(count * 3);
  const address = (index: number): string => `127.0.0.1:${ports[index]}`;
  const cluster = Array.from({ length: count }, (_, index) => `m${index}=http://${address(index * 3 + 1)}`).join(",");
  const election = options.electionTimeout ?? (count === 1 ? 500 : 1000);
  return Array.from({ length: count }, (_, index) => {
    const endpoint = `${certificates === undefined ? "http" : "https"}://${address(index * 3)}`;
    const peer = `http://${address(index * 3 + 1)}`;
    const metrics = `http://${address(index * 3 + 2)}`;
    const flags = [
      ["--name", `m${index}`],
      ["--listen-client-urls", endpoint],
      ["--advertise-client-urls", endpoint],
      ["--listen-peer-urls", peer],
      ["--initial-advertise-peer-urls", peer],
      ["--initial-cluster", cluster],
      ["--listen-metrics-urls", metrics],
      ["--heartbeat-interval", String(election / 10)],
      ["--election-timeout", String(election)],
      ["--logger", "zap"],
      ["--log-level", "error"],
      tlsArguments(certificates, options.tls === "mutual"),
      options.arguments ?? [],
    ];
    return new EtcdProcess({
      arguments: flags.flat(),
      dataDir: count === 1 ? folder : join(folder, `m${index}`),
      endpoint,
      healthUrl: `${metrics}/health`,
    });
  });
}

async function launch(members: readonly EtcdProcess[]): Promise<void> {
  for (const member of members) member.launch();
  await Promise.all(members.map((member) => member.healthy()));
}

async function launchSomewhere(make: () => Promise<EtcdProcess[]>): Promise<EtcdProcess[]> {
  for (let attempt = 1; ; attempt++) {
    const members = await make();
    try {
      await launch(members);
      return members;
    } catch (error) {
      await Promise.all(members.map((member) => member.kill()));
      const taken = members.some((member) => member.output.includes("address already in use"));
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * Starts a real etcd on free ports of 127.0.0.1, in a folder of its own, and waits until it is healthy. It ends with the
 * process that started it at the latest. See {@link etcdMissing} for where there is none.
 */
export async function startEtcd(options: EtcdOptions = {}): Promise<Etcd> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-etcd-"));
  const data = options.dataDir ?? join(folder, "data");
  // etcd warns of a folder that others may read.
  await mkdir(data, { recursive: true, mode: 0o700 });
  const certificates = options.tls === undefined ? undefined : await makeEtcdCertificates(join(folder, "tls"));
  const members = await launchSomewhere(() => makeMembers(data, options, certificates));
  const all = (act: (member: EtcdProcess) => Promise<void>): Promise<void> =>
    Promise.all(members.map(act)).then(() => {});
  const stop = async (): Promise<void> => {
    await all((member) => member.kill());
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [first] = members;
    if (options.auth !== undefined && first !== undefined) {
      await enableEtcdUsers(first.endpoint, options.auth, certificates?.ca);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoints: members.map((member) => member.endpoint),
    members,
    certificates,
    kill: () => all((member) => member.kill()),
    pause: () => all((member) => member.pause()),
    resume: () => {
      for (const member of members) member.resume();
    },
    restart: async ({ empty = false } = {}) => {
      await all((member) => member.kill());
      if (empty) {
        await rm(data, { recursive: true, force: true });
        await mkdir(data, { recursive: true, mode: 0o700 });
      }
      await launch(members);
    },
    stop,
  };
}
