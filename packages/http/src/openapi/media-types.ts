import { CBOR_SEQUENCE_TYPE, CBOR_TYPE, PROTOBUF_TYPE } from "@quarterdeck/wire";

const JSON_TYPE = "application/json";

/** The media types that what an operation takes and answers may have, in the order in which upstream's documents name them. */
export function mediaTypes(protobuf: boolean, cbor: boolean): readonly string[] {
  return [JSON_TYPE, "application/yaml", ...(protobuf ? [PROTOBUF_TYPE] : []), ...(cbor ? [CBOR_TYPE] : [])];
}

/** What a watch of objects in these media types is sent as. */
export function streamTypes(types: readonly string[]): readonly string[] {
  return types.flatMap((type) => {
    if (type === CBOR_TYPE) return [CBOR_SEQUENCE_TYPE];
    return type === JSON_TYPE || type === PROTOBUF_TYPE ? [`${type};stream=watch`] : [];
  });
}
