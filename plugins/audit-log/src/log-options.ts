import { Field } from "@quarterdeck/sdk";

/** The options of the plugin; the names and defaults are those of upstream's `--audit-log-*`. */
export class AuditLogOptions {
  @Field({ required: true, minLength: 1, description: "The file, from the folder of the config file; - is stdout" })
  path!: string;

  @Field({
    enum: ["json", "legacy"],
    default: "json",
    description: "json, one event a line, or legacy, as people read it",
  })
  format!: "json" | "legacy";

  @Field({
    enum: ["blocking", "blocking-strict", "batch"],
    default: "blocking",
    description: "Whether a request waits until its event is written, and fails when it cannot be",
  })
  mode!: "blocking" | "blocking-strict" | "batch";

  @Field({ type: "number", minimum: 0, default: 0, description: "Mebibytes after which a new file is begun; 0: never" })
  maxSizeMebibytes!: number;

  @Field({ type: "number", minimum: 0, default: 0, description: "Days after which old files are removed; 0: never" })
  maxAgeDays!: number;

  @Field({ type: "integer", minimum: 0, default: 0, description: "How many old files are kept; 0: all" })
  maxBackups!: number;

  @Field({ type: "boolean", default: false, description: "Compresses old files with gzip" })
  compress!: boolean;

  @Field({
    type: "integer",
    minimum: 1,
    default: 10_000,
    description: "Events that wait in mode batch; more are dropped",
  })
  batchBufferSize!: number;

  @Field({ type: "number", minimum: 0, default: 1, description: "Seconds that events wait at most in mode batch" })
  batchMaxWaitSeconds!: number;
}
