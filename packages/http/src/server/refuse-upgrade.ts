import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { StatusError } from "@quarterdeck/meta";

/** Answers an HTTP/1.1 upgrade, which Node takes past the request listener: nothing here is served upgraded yet. */
export function refuseUpgrade(req: IncomingMessage, socket: Duplex): void {
  const protocol = String(req.headers.upgrade ?? "").slice(0, 64);
  const { status } = StatusError.badRequest(`unable to upgrade the connection to ${JSON.stringify(protocol)}`);
  const body = JSON.stringify(status);
  socket.on("error", () => {});
  socket.end(
    [
      "HTTP/1.1 400 Bad Request",
      "Connection: close",
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n"),
  );
}
