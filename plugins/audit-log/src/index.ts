import { definePlugin } from "@quarterdeck/sdk";
import { AuditLog } from "./audit-log.js";
import { AuditLogOptions } from "./log-options.js";

export default definePlugin({
  kind: "audit",
  name: "log",
  version: "0.1.0",
  options: AuditLogOptions,
  plugin: AuditLog,
});
