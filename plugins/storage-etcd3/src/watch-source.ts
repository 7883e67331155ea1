import { status } from "@grpc/grpc-js";
import { callFailure } from "./access-errors.js";
import type { EtcdCluster } from "./etcd-cluster.js";
import type { EtcdMember } from "./etcd-member.js";
import type { KeySpace } from "./key-space.js";
import { type WatchSpan, watchSpan } from "./watch-span.js";
import type { GrpcStream } from "./wire/grpc-stream.js";

/** A stream for one watcher, and what a watcher on it should cover. */
export interface WatchSource {
  readonly member: EtcdMember;
  readonly stream: GrpcStream;
  readonly span: WatchSpan;
}

/** Opens a stream at the member that is asked at present; its own version decides, since a cluster may be mixed. */
export async function openSource(cluster: EtcdCluster, keys: KeySpace): Promise<WatchSource> {
  const { member } = cluster;
  const version = await versionOf(member);
  return { member, stream: await member.openWatch(), span: watchSpan(version, keys) };
}

/** Undefined where only root may ask. */
async function versionOf(member: EtcdMember): Promise<string | undefined> {
  try {
    return (await member.maintenance.status()).version;
  } catch (error) {
    if (callFailure(error)?.code === status.PERMISSION_DENIED) {
      return undefined;
    }
    throw error;
  }
}
