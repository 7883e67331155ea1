import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isJsonObject, type JsonObject, reasonOf } from "@quarterdeck/meta";
import { parse } from "yaml";
import { KubeconfigError } from "./kubeconfig-error.js";
import type { WebhookTarget } from "./webhook-target.js";

/** The part of a kubeconfig that has a name, and where it is from. */
class Part {
  readonly files: string[] = [];

  constructor(
    private readonly file: string,
    private readonly path: string,
    private readonly content: JsonObject,
  ) {}

  text(key: string): string | undefined {
    const value = this.content[key];
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value !== "string") throw this.error(key, "must be a string");
    return value;
  }

  flag(key: string): boolean {
    const value = this.content[key] ?? false;
    if (typeof value !== "boolean") throw this.error(key, "must be true or false");
    return value;
  }

  /** The bytes of `key-data`, which wins, or of the file that `key` names. */
  async bytes(key: string): Promise<Buffer | undefined> {
    const data = this.text(`${key}-data`);
    if (data !== undefined) return Buffer.from(data, "base64");
    const path = this.text(key);
    return path === undefined ? undefined : this.read(key, path);
  }

  async read(key: string, path: string): Promise<Buffer> {
    const file = resolve(dirname(this.file), path);
    this.files.push(file);
    try {
      return await readFile(file);
    } catch (error) {
      throw this.error(key, reasonOf(error));
    }
  }

  /** Ways of being let in that this client does not know must not be dropped silently. */
  refuse(keys: readonly string[]): void {
    for (const key of keys) {
      if (this.content[key] !== undefined) throw this.error(key, "is not supported for webhooks");
    }
  }

  error(key: string, problem: string): KubeconfigError {
    return new KubeconfigError(this.file, `${this.path}.${key} ${problem}`);
  }
}

/** The entry of a name in one of the three lists; `field` is where its content stands. */
function named(content: JsonObject, list: string, name: string, field: string, file: string): Part {
  const entries = content[list];
  const entry = Array.isArray(entries) ? entries.find((one) => isJsonObject(one) && one.name === name) : undefined;
  const inner = isJsonObject(entry) ? entry[field] : undefined;
  if (!isJsonObject(inner)) throw new KubeconfigError(file, `${list} has no ${field} ${JSON.stringify(name)}`);
  return new Part(file, `${list}[${JSON.stringify(name)}].${field}`, inner);
}

async function readContent(file: string): Promise<JsonObject> {
  let content: unknown;
  try {
    content = parse(await readFile(file, "utf8"));
  } catch (error) {
    const { code } = Object(error);
    throw new KubeconfigError(file, code === "ENOENT" ? "the file does not exist" : "is no YAML or JSON");
  }
  if (!isJsonObject(content)) throw new KubeconfigError(file, "is no kubeconfig");
  return content;
}

async function authorizationOf(user: Part): Promise<string | undefined> {
  const token = user.text("token");
  if (token !== undefined) return `Bearer ${token}`;
  const tokenFile = user.text("tokenFile");
  if (tokenFile !== undefined) return `Bearer ${(await user.read("tokenFile", tokenFile)).toString().trim()}`;
  const username = user.text("username");
  if (username === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${user.text("password") ?? ""}`).toString("base64")}`;
}

function addressOf(cluster: Part): URL {
  const server = cluster.text("server");
  if (server === undefined) throw cluster.error("server", "is missing");
  let url: URL;
  try {
    url = new URL(server);
  } catch {
    throw cluster.error("server", "is no URL");
  }
  if (url.protocol !== "https:") throw cluster.error("server", "must begin with https://");
  return url;
}

/**
 * Reads what upstream's webhook flags take: a kubeconfig whose current context names the webhook as its cluster and this
 * server as its user. Throws a {@link KubeconfigError}.
 */
export async function readKubeconfig(file: string): Promise<WebhookTarget> {
  const content = await readContent(file);
  const current = content["current-context"];
  if (typeof current !== "string" || current === "") throw new KubeconfigError(file, "has no current-context");
  const context = named(content, "contexts", current, "context", file);
  const cluster = named(content, "clusters", context.text("cluster") ?? "", "cluster", file);
  cluster.refuse(["proxy-url"]);
  const userName = context.text("user");
  const user = userName === undefined ? new Part(file, "users", {}) : named(content, "users", userName, "user", file);
  user.refuse(["exec", "auth-provider"]);
  const url = addressOf(cluster);
  const [ca, cert, key, authorization] = await Promise.all([
    cluster.bytes("certificate-authority"),
    user.bytes("client-certificate"),
    user.bytes("client-key"),
    authorizationOf(user),
  ]);
  if ((cert === undefined) !== (key === undefined)) {
    throw user.error("client-certificate", "and client-key belong together");
  }
  const servername = cluster.text("tls-server-name");
  return {
    url,
    tls: {
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined || key === undefined ? {} : { cert, key }),
      ...(servername === undefined ? {} : { servername }),
      rejectUnauthorized: !cluster.flag("insecure-skip-tls-verify"),
    },
    authorization,
    files: [...cluster.files, ...user.files],
  };
}
