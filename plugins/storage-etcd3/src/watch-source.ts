import type { IDuplexStream, IWatchRequest, IWatchResponse } from "etcd3";
import type { EtcdCluster } from "./etcd-cluster.js";
import type { EtcdMember } from "./etcd-member.js";
import type { KeySpace } from "./key-space.js";
import { type WatchSpan, watchSpan } from "./watch-span.js";

/** A stream for one watcher, and what a watcher on it should cover. */
export interface WatchSource {
  readonly member: EtcdMember;
  readonly stream: IDuplexStream<IWatchRequest, IWatchResponse>;
  readonly span: WatchSpan;
}

/** Opens a stream at the member that is asked at present; its own version decides, since a cluster may be mixed. */
export async function openSource(cluster: EtcdCluster, keys: KeySpace): Promise<WatchSource> {
  const { member } = cluster;
  const { version } = await member.maintenance.status();
  return { member, stream: await member.openWatch(), span: watchSpan(version, keys) };
}
