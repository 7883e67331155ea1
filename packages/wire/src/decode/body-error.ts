import { StatusError } from "@quarterdeck/meta";

const SUMMARY_BYTES = 30;

/** What is wrong with a body, before it is known what the body was meant to be. */
export class BodyError extends Error {
  override readonly name = "BodyError";

  /** `isSyntax`: the body is no JSON at all; else it is, but more than this server takes. */
  constructor(
    message: string,
    readonly isSyntax = false,
  ) {
    super(message);
  }
}

function summarise(body: Buffer): string {
  if (body.length === 0) return "<empty>";
  const head = body.subarray(0, SUMMARY_BYTES);
  const text = body[0] === 0x7b ? head.toString("utf8") : head.toString("hex");
  return body.length > SUMMARY_BYTES ? `${text} ...` : text;
}

/**
 * 400 BadRequest for a body that is not data at all. With the kind that was expected the message is upstream's
 * `the object provided is unrecognized (must be of type K): …`, else only the detail.
 */
export function unreadableBody(detail: string, body: Buffer, kind: string | undefined): StatusError {
  if (kind === undefined) return StatusError.badRequest(detail);
  return StatusError.badRequest(
    `the object provided is unrecognized (must be of type ${kind}): ${detail} (${summarise(body)})`,
  );
}

/** The detail of a JSON body that cannot be read, as upstream words it. */
export function jsonDetail(reason: string): string {
  return `couldn't get version/kind; json parse error: ${reason}`;
}
