import { definePlugin } from "@quarterdeck/sdk";
import { Etcd3Options } from "./etcd3-options.js";
import { Etcd3Storage } from "./etcd3-storage.js";

export { Etcd3Options, Etcd3Storage };

/** The storage plugin `etcd3`: an etcd cluster, which several servers may share. */
export default definePlugin({
  kind: "storage",
  name: "etcd3",
  version: "0.1.0",
  options: Etcd3Options,
  plugin: Etcd3Storage,
});
