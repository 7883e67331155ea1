export * from "./etcd-binary.js";
export type { EtcdCertificates } from "./etcd-certificates.js";
export type { EtcdProcess } from "./etcd-process.js";
export type { EtcdUser } from "./etcd-users.js";
export * from "./start-etcd.js";
export * from "./tcp-proxy.js";
