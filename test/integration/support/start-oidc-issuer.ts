import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { issueAuthority, issueServing } from "@quarterdeck/kernel/certificates";
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose";

/** A key that an issuer signs with. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** A new key under a name. */
export async function signingKey(kid: string, alg = "RS256"): Promise<SigningKey> {
  return { kid, alg, ...(await generateKeyPair(alg, { extractable: true })) };
}

/** A token that claims to be of an issuer, signed with a key of the test's choice; it lasts five minutes unless told otherwise. */
export function mint(key: SigningKey, claims: object, header: { kid?: string } = { kid: key.kid }): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ exp: now + 300, iat: now, ...claims })
    .setProtectedHeader({ alg: key.alg, typ: "JWT", ...header })
    .sign(key.privateKey);
}

/** A real OpenID provider in a process of its own, with TLS of an authority of its own. */
export class OidcIssuer {
  #process: ChildProcess | undefined;
  #port = 0;

  private constructor(
    readonly authority: string,
    private readonly serving: { readonly certificate: string; readonly key: string },
    /** Claims of the tokens of each client. */
    private readonly claims: { readonly [client: string]: object },
  ) {}

  static async start(key: SigningKey, claims: { readonly [client: string]: object }): Promise<OidcIssuer> {
    const now = new Date();
    const authority = await issueAuthority(now);
    const serving = await issueServing(authority, { dns: ["localhost"], ip: ["127.0.0.1"] }, now);
    const issuer = new OidcIssuer(authority.certificate, serving, claims);
    await issuer.resume([key]);
    return issuer;
  }

  get url(): string {
    return `https://localhost:${this.#port}`;
  }

  /** Starts the process, at the same port as before, with these keys; it signs with the first. */
  async resume(keys: readonly SigningKey[]): Promise<void> {
    const script = fileURLToPath(new URL("oidc-issuer.js", import.meta.url));
    const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "pipe"] });
    this.#process = child;
    const jwks = keys.map(async ({ kid, alg, privateKey }) => ({
      ...(await exportJWK(privateKey)),
      kid,
      alg,
      use: "sig",
    }));
    const { certificate, key } = this.serving;
    const settings = { port: this.#port, host: "localhost", certificate, key, keys: await Promise.all(jwks) };
    child.stdin.end(JSON.stringify({ ...settings, claims: this.claims }));
    const failure = text(child.stderr);
    const [line] = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    this.#port = Number(String(line));
    if (!(this.#port > 0)) throw new TypeError(`the issuer did not start: ${await failure}`);
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** An access token of a client for an audience, by the grant `client_credentials`. */
  async token(client: string, audience: string): Promise<string> {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      resource: `https://${audience}`,
      scope: "api",
    });
    const authorization = `Basic ${Buffer.from(`${client}:${client}-secret`).toString("base64")}`;
    const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };
    const sent = request(`${this.url}/token`, { method: "POST", headers, ca: this.authority });
    sent.end(String(body));
    const [response] = await once(sent, "response");
    const answer = JSON.parse(await text(response));
    if (typeof answer.access_token !== "string") throw new TypeError(`no token: ${JSON.stringify(answer)}`);
    return answer.access_token;
  }
}
