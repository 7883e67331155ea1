import type { OtherForms, ProtobufBody } from "@quarterdeck/wire";
import type { ServerContext } from "../request/server-context.js";

/** The forms that the body of a request may have beside JSON and YAML. */
export function otherForms({ state }: ServerContext, protobuf: ProtobufBody | undefined): OtherForms {
  return { protobuf, cbor: state.servesCbor };
}
