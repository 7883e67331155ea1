import type { Status } from "@quarterdeck/meta";
import type { RequestContext } from "@quarterdeck/sdk";
import { encodeCbor } from "../cbor/encode-cbor.js";
import { encodeYaml } from "../encode/encode-yaml.js";
import { escapeJson } from "../encode/escape-json.js";
import { prettyJson } from "../encode/pretty-json.js";
import { negotiate } from "../negotiate/negotiate.js";
import type { Representation } from "../negotiate/representation.js";
import { statusProtobuf } from "../protobuf/protobuf-status.js";
import type { Response } from "./response.js";
import { writeHead } from "./write-head.js";

/** For clients that accept nothing we have: upstream answers them in indented JSON. */
const FALLBACK = { format: "json", pretty: true, contentType: "application/json" } as const;

function codeOf({ code, status }: Status): number {
  return code ?? (status === "Success" ? 200 : 500);
}

/**
 * Sends a Status as the whole answer, with its own code unless another is given, and a `Retry-After` header when it names a delay. Never throws:
 * a client that accepts nothing we have gets JSON; when the answer has already begun, the connection or HTTP/2
 * stream is cut, so that no client takes half an answer for a whole one.
 */
export function sendStatus(context: RequestContext, status: Status, code = codeOf(status)): void {
  const response: Response = context.res;
  if (response.writableEnded) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { format, pretty, contentType } = representation(context);
  const bytes = encodeStatus(status, format, pretty);
  const delay = status.details?.retryAfterSeconds ?? 0;
  writeHead(context, code, {
    "Content-Type": contentType,
    "Content-Length": bytes.length,
    ...(delay > 0 ? { "Retry-After": String(delay) } : {}),
  });
  if (context.method === "HEAD") response.end();
  else response.end(bytes);
}

function encodeStatus(status: Status, format: Representation["format"], pretty: boolean): Buffer {
  if (format === "protobuf") return statusProtobuf(status);
  if (format === "cbor") return encodeCbor(status);
  if (format === "yaml") return Buffer.from(encodeYaml(status), "utf8");
  return Buffer.from(pretty ? prettyJson(status) : escapeJson(JSON.stringify(status)), "utf8");
}

function representation(context: RequestContext): Pick<Representation, "format" | "pretty" | "contentType"> {
  try {
    return negotiate(context, "document", true);
  } catch {
    return FALLBACK;
  }
}
