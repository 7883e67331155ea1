import type { RequestContext, Routes } from "@quarterdeck/sdk";
import type { KeyRing } from "./key-ring.js";

const CONFIGURATION = "/.well-known/openid-configuration";
const KEYS = "/openid/v1/jwks";
const CACHE = "public, max-age=3600";

/** True for an issuer that OpenID Connect allows: others cannot be discovered. */
export function isDiscoverable(issuer: string): boolean {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  return url?.protocol === "https:" && url.search === "" && url.hash === "";
}

function send(context: RequestContext, type: string, content: object): void {
  context.status = 200;
  context.set("content-type", type);
  context.set("cache-control", CACHE);
  context.body = Buffer.from(JSON.stringify(content));
}

/** Serves what others need to check tokens: OpenID Connect's discovery document and the public keys. */
export function serveDiscovery(
  routes: Routes,
  { issuer, jwksUri }: { readonly issuer: string; readonly jwksUri: string | undefined },
  keys: () => KeyRing,
): void {
  routes.get(CONFIGURATION, (context) => {
    const algorithms = new Set(keys().all.map(({ algorithm }) => algorithm));
    send(context, "application/json", {
      issuer,
      jwks_uri: jwksUri ?? `${issuer.replace(/\/$/, "")}${KEYS}`,
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: [...algorithms].sort(),
    });
  });
  routes.get(KEYS, (context) => {
    const found = keys().all.map(({ id, algorithm, key }) => {
      const { kty, ...rest } = key.export({ format: "jwk" });
      return { use: "sig", kty, kid: id, alg: algorithm, ...rest };
    });
    send(context, "application/jwk-set+json", { keys: found });
  });
}
