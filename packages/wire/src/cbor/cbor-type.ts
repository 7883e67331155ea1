/** The media type of one CBOR item. */
export const CBOR_TYPE = "application/cbor";

/** That of a watch: one item after the other. */
export const CBOR_SEQUENCE_TYPE = "application/cbor-seq";

/** That of a server-side apply. */
export const CBOR_APPLY_TYPE = "application/apply-patch+cbor";
