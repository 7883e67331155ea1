import { Field } from "@quarterdeck/sdk";

/** One entry of `server.sniCertificates`. */
export class SniCertificateOptions {
  @Field({ type: "string", minLength: 1, required: true }) certificate!: string;
  @Field({ type: "string", minLength: 1, required: true }) certificateKey!: string;
  @Field({ type: "array", items: { type: "string", minLength: 1 } }) names?: string[];
}

/** The schema and the defaults of the config's `server` section. */
export class ServerOptions {
  @Field({ type: "string", minLength: 1, default: "127.0.0.1" }) bind!: string;
  @Field({ type: "integer", minimum: 0, maximum: 65535, default: 6443 }) port!: number;
  @Field({ type: "string", minLength: 1, default: ".data" }) data!: string;
  @Field({ type: "string", minLength: 1 }) kubeconfig?: string;
  @Field({ type: "string", minLength: 1 }) certificate?: string;
  @Field({ type: "string", minLength: 1 }) certificateKey?: string;
  @Field({ type: "string", minLength: 1 }) clientCa?: string;
  @Field({ type: "string", minLength: 1 }) requestHeaderCa?: string;
  @Field({ type: "array", items: () => SniCertificateOptions, default: [] }) sniCertificates!: SniCertificateOptions[];
  @Field({ type: "string", enum: ["VersionTLS12", "VersionTLS13"], default: "VersionTLS12" })
  tlsMinVersion!: "VersionTLS12" | "VersionTLS13";
  @Field({ type: "array", items: { type: "string" }, default: [] }) tlsCipherSuites!: string[];
  @Field({ type: "number", minimum: 1, maximum: 86_400, default: 60 }) requestTimeout!: number;
  @Field({ type: "number", minimum: 0, maximum: 86_400, default: 60 }) shutdownTimeout!: number;
  @Field({ type: "number", minimum: 0, maximum: 86_400, default: 0 }) shutdownDelay!: number;
  @Field({ type: "boolean", default: false }) shutdownSendRetryAfter!: boolean;
  @Field({ type: "number", minimum: 0, maximum: 86_400, default: 0 }) shutdownWatchTerminationGrace!: number;
  @Field({ type: "array", items: { type: "string" }, default: [] }) corsAllowedOrigins!: string[];
  @Field({ type: "array", items: { type: "string", minLength: 1 }, default: [] }) strictTransportSecurity!: string[];
  @Field({ type: "number", minimum: 0, maximum: 0.02, default: 0 }) goawayChance!: number;
  @Field({ type: "integer", minimum: 1, maximum: 100_000, default: 250 }) maxStreamsPerConnection!: number;
  @Field({ type: "integer", minimum: 1024, maximum: 1_073_741_824, default: 3_145_728 }) maxRequestBytes!: number;
  @Field({ type: "boolean", default: false }) transactions!: boolean;
  @Field({ type: "boolean", default: false }) cbor!: boolean;
}
