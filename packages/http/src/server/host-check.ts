import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Socket } from "node:net";

const HEAD = { "Content-Type": "text/plain; charset=utf-8", Connection: "close" };

/**
 * Refuses HTTP/1.1 requests with no `Host` or with several, of which Node would take the first: a proxy before the server
 * may have taken the other. Upstream's server answers 400 as well.
 */
export class HostCheck {
  /** What follows on the connection of a refused request is not to be answered, though it may have been parsed already. */
  readonly #refused = new WeakSet<Socket>();

  /** True when the request, of HTTP/1, is not to be answered by anybody else. */
  refuses(req: IncomingMessage | Http2ServerRequest, res: ServerResponse | Http2ServerResponse): boolean {
    const { socket } = req;
    if (this.#refused.has(socket)) return true;
    const hosts = countHosts(req.rawHeaders);
    if (hosts === 1 || (hosts === 0 && req.httpVersion === "1.0")) return false;
    this.#refused.add(socket);
    res.statusCode = 400;
    for (const [name, value] of Object.entries(HEAD)) res.setHeader(name, value);
    res.end(hosts === 0 ? "400 Bad Request: missing required Host header" : "400 Bad Request: too many Host headers");
    return true;
  }
}

function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts++;
  }
  return hosts;
}
