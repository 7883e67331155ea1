import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditContract } from "@quarterdeck/testing/audit-contract";
import { CountedMetrics, FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { AuditLog } from "./audit-log.js";

let folder = "";

for (const mode of ["blocking", "batch"] as const) {
  auditContract({
    name: `log in mode ${mode}`,
    async create() {
      folder = await mkdtemp(join(tmpdir(), "audit-contract-"));
      const options = {
        path: "audit.log",
        format: "json" as const,
        mode,
        maxSizeMebibytes: 0,
        maxAgeDays: 0,
        maxBackups: 0,
        compress: false,
        batchBufferSize: 1000,
        batchMaxWaitSeconds: 0.01,
      };
      return new AuditLog(options, new KeptLogger(), new FolderPaths(folder), new CountedMetrics());
    },
    async delivered() {
      const text = await readFile(join(folder, "audit.log"), "utf8");
      return text
        .trimEnd()
        .split("\n")
        .map((line): string => JSON.parse(line).auditID);
    },
  });
}
