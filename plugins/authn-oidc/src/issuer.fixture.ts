import { readFile } from "node:fs/promises";
import { startWebhook, type TestWebhook, type WebhookAnswer } from "@quarterdeck/testing/webhook";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";

/** A key with its public part as an issuer publishes it. */
export interface IssuerKey {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** A new ES256 key under a name. */
export async function issuerKey(kid: string): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" } };
}

/** A token of a key, good for a minute. */
export function signed({ privateKey, jwk }: IssuerKey, claims: object, kid = jwk.kid ?? ""): Promise<string> {
  return new SignJWT({ exp: Math.floor(Date.now() / 1000) + 60, ...claims })
    .setProtectedHeader({ alg: "ES256", kid })
    .sign(privateKey);
}

/** An HTTPS server that says what an issuer would, and whatever else a test wants. */
export interface ScriptedIssuer {
  readonly url: string;
  readonly certificateAuthority: string;
  /** The paths that it was asked for. */
  readonly asked: readonly string[];
  publish(keys: readonly IssuerKey[]): void;
  answer(path: string, answer: WebhookAnswer): void;
  server: TestWebhook;
}

export const DISCOVERY = "/.well-known/openid-configuration";

/** Starts an issuer that publishes these keys. */
export async function scriptedIssuer(keys: readonly IssuerKey[]): Promise<ScriptedIssuer> {
  const answers = new Map<string, WebhookAnswer>();
  const asked: string[] = [];
  const server = await startWebhook(({ path }) => {
    asked.push(path);
    return answers.get(path) ?? { json: {}, status: 404 };
  });
  const url = new URL(server.url).origin;
  const { clusters } = JSON.parse(await readFile(server.kubeconfig, "utf8"));
  const authority: string = clusters[0].cluster["certificate-authority-data"];
  const publish = (published: readonly IssuerKey[]): void => {
    answers.set("/keys", { json: { keys: published.map(({ jwk }) => jwk) } });
  };
  publish(keys);
  answers.set(DISCOVERY, { json: { issuer: url, jwks_uri: `${url}/keys` } });
  return {
    url,
    certificateAuthority: Buffer.from(authority, "base64").toString(),
    asked,
    publish,
    answer: (path, answer) => answers.set(path, answer),
    server,
  };
}
