/** How one answer is to be written, as negotiated with the client; frozen and shared between requests. */
export interface Representation {
  readonly format: "json" | "yaml" | "protobuf" | "cbor";
  readonly view: "object" | "table" | "partial";
  /** The version of Table and PartialObjectMetadata that the client asked for. */
  readonly metaVersion: "meta.k8s.io/v1" | "meta.k8s.io/v1beta1";
  /** What a table's rows carry beside their cells; `Metadata` unless the client said otherwise. */
  readonly includeObject: "None" | "Metadata" | "Object";
  readonly pretty: boolean;
  readonly gzip: boolean;
  readonly contentType: string;
  /** Equal for two representations exactly when the same object has the same uncompressed bytes in both. */
  readonly key: string;
}
