import { isJsonObject } from "@quarterdeck/meta";
import type { MessageShape, RequestContext } from "@quarterdeck/sdk";
import { encodeCbor } from "../cbor/encode-cbor.js";
import { encodeYaml } from "../encode/encode-yaml.js";
import { escapeJson } from "../encode/escape-json.js";
import { prettyJson } from "../encode/pretty-json.js";
import { negotiate } from "../negotiate/negotiate.js";
import { sealObject } from "../protobuf/seal-envelope.js";
import { sendBytes } from "./send-bytes.js";

/**
 * Sends a document such as those of discovery, as JSON or YAML, and in protobuf when it has a message. A Content-Type that was set on the response before
 * stays, and the document is JSON then; else throws 406 NotAcceptable when the client takes none of them.
 */
export function sendJson(
  context: RequestContext,
  code: number,
  value: unknown,
  message?: MessageShape,
): void | Promise<void> {
  if (context.res.hasHeader("content-type")) return sendBytes(context, code, {}, Buffer.from(compact(value), "utf8"));
  const { format, pretty, contentType } = negotiate(context, "document", message !== undefined);
  if (format === "protobuf" && message !== undefined && isJsonObject(value)) {
    return sendBytes(context, code, { "Content-Type": contentType }, sealObject(message, value));
  }
  if (format === "cbor") return sendBytes(context, code, { "Content-Type": contentType }, encodeCbor(value));
  const text = format === "yaml" ? encodeYaml(value) : pretty ? prettyJson(value) : compact(value);
  return sendBytes(context, code, { "Content-Type": contentType }, Buffer.from(text, "utf8"));
}

function compact(value: unknown): string {
  return escapeJson(JSON.stringify(value) ?? "null");
}
