// The floor of the start: a bare Node TLS server and nothing else.
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { join } from "node:path";

const [port = "0", certificates = "."] = process.argv.slice(2);
const server = createSecureServer({
  allowHTTP1: true,
  cert: readFileSync(join(certificates, "serving.crt")),
  key: readFileSync(join(certificates, "serving.key")),
});
server.on("request", (_request, response) => response.end("ok"));
server.listen(Number(port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
