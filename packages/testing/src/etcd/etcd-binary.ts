import { spawnSync } from "node:child_process";

/** The etcd that tests run: `QUARTERDECK_ETCD` names another one than that on PATH. */
export const etcdBinary: string = process.env.QUARTERDECK_ETCD ?? "etcd";

function askVersion(): string | undefined {
  const { status, stdout } = spawnSync(etcdBinary, ["--version"], { encoding: "utf8" });
  return status === 0 ? /etcd Version: (\S+)/.exec(stdout)?.[1] : undefined;
}

/** The version of {@link etcdBinary}, such as `3.4.23`; undefined when there is none. */
export const etcdVersion: string | undefined = askVersion();

/**
 * Why tests with a real etcd cannot run here; undefined when they can. For `describe.skipIf(etcdMissing)`, with the
 * reason in the title. Where `QUARTERDECK_REQUIRE_TOOLS` is 1 the lack is an error at once.
 */
export const etcdMissing: string | undefined = etcdVersion === undefined ? `${etcdBinary} is not on PATH` : undefined;

if (etcdMissing !== undefined && process.env.QUARTERDECK_REQUIRE_TOOLS === "1") throw new Error(etcdMissing);

/** Whether tests with a real etcd can run here. */
export function etcdAvailable(): boolean {
  return etcdMissing === undefined;
}
