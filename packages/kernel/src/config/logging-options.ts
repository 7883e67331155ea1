import { Field } from "@quarterdeck/sdk";

/** The schema and the defaults of the config's `logging` section. */
export class LoggingOptions {
  @Field({ type: "string", enum: ["debug", "info", "warn", "error"], default: "info" })
  level!: "debug" | "info" | "warn" | "error";
  @Field({ type: "string", enum: ["auto", "json", "text"], default: "auto" })
  format!: "auto" | "json" | "text";
}
