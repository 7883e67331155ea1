import type { IncomingMessage } from "node:http";
import { type Agent, request } from "node:https";
import { WebhookError } from "./webhook-error.js";
import type { WebhookTarget } from "./webhook-target.js";

/** The answer to a post. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/** The limits of one post. */
export interface PostOptions {
  readonly agent: Agent;
  /** Milliseconds until the whole answer must be there. */
  readonly timeout: number;
  readonly maxAnswerBytes: number;
  readonly signal: AbortSignal | undefined;
}

/** The cause of an error that an answer with such a header makes. */
interface Refused {
  /** Seconds that the webhook asks to wait. */
  readonly retryAfter: number | undefined;
}

function addressOf({ url }: WebhookTarget): string {
  // The query may hold a secret.
  return `${url.origin}${url.pathname}`;
}

async function readAll(response: IncomingMessage, limit: number, address: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > limit) {
      response.destroy();
      throw new WebhookError(`${address} answered more than ${limit} bytes`, response.statusCode);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function refusal(response: IncomingMessage, address: string): WebhookError {
  const { statusCode, headers } = response;
  const seconds = Number(headers["retry-after"]);
  const cause: Refused = { retryAfter: Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined };
  return new WebhookError(`${address} answered ${statusCode}`, statusCode, { cause });
}

function parsed(bytes: Buffer, response: IncomingMessage, address: string): Answer {
  try {
    return { status: response.statusCode ?? 0, json: JSON.parse(bytes.toString("utf8")) };
  } catch {
    throw new WebhookError(`${address} answered no JSON`, response.statusCode);
  }
}

/** One POST of a JSON text; rejects with a {@link WebhookError} unless the answer is a 2xx with JSON. */
export async function postJson(target: WebhookTarget, text: string, options: PostOptions): Promise<Answer> {
  const address = addressOf(target);
  const limit = AbortSignal.timeout(options.timeout);
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
  const headers = {
    "content-type": "application/json",
    accept: "application/json",
    "content-length": Buffer.byteLength(text),
    "user-agent": "quarterdeck",
    ...(target.authorization === undefined ? {} : { authorization: target.authorization }),
  };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(target.url, { method: "POST", agent: options.agent, headers, signal }, resolve);
      sent.on("error", reject);
      sent.end(text);
    });
    const bytes = await readAll(response, options.maxAnswerBytes, address);
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) throw refusal(response, address);
    return parsed(bytes, response, address);
  } catch (error) {
    if (error instanceof WebhookError) throw error;
    options.signal?.throwIfAborted();
    if (limit.aborted) throw new WebhookError(`${address} did not answer in time`, undefined, { cause: error });
    const { code } = Object(error);
    throw new WebhookError(`${address} cannot be asked: ${String(code ?? error)}`, undefined, { cause: error });
  }
}
