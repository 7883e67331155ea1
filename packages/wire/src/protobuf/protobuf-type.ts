/** The media type of protobuf in the envelope of Kubernetes. */
export const PROTOBUF_TYPE = "application/vnd.kubernetes.protobuf";
