// A real OpenID provider as a process of its own. Its settings come as one JSON object on the standard input; it prints its
// port once it listens, and ends when its input does.
import { createServer } from "node:https";
import { text } from "node:stream/consumers";
import Provider from "oidc-provider";

const { port, host, certificate, key, keys, claims } = JSON.parse(await text(process.stdin));

const server = createServer({ cert: certificate, key });
await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
const { port: bound } = server.address();

const provider = new Provider(`https://${host}:${bound}`, {
  jwks: { keys },
  clients: Object.keys(claims).map((name) => ({
    client_id: name,
    client_secret: `${name}-secret`,
    grant_types: ["client_credentials"],
    redirect_uris: [],
    response_types: [],
  })),
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_ctx, resource) => ({
        scope: "api",
        audience: new URL(resource).hostname,
        accessTokenFormat: "jwt",
        jwt: { sign: { alg: keys[0].alg } },
      }),
    },
  },
  extraTokenClaims: (_ctx, token) => claims[token.clientId],
});
server.on("request", provider.callback());
process.stdout.write(`${bound}\n`);
