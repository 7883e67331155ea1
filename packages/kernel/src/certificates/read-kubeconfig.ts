import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isJsonObject, type JsonObject, reasonOf } from "@quarterdeck/meta";
import { ConfigError } from "../config/config-error.js";

/** What a client needs of a kubeconfig's current context. */
export interface ClientConfig {
  /** The URL of the server. */
  readonly server: string;
  /** PEM; the system's own authorities without it. */
  readonly ca: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly token: string | undefined;
  /** The name to expect in the server's certificate when it is not that of the URL. */
  readonly serverName: string | undefined;
  readonly insecure: boolean;
  /** Empty when the context names none. */
  readonly namespace: string;
}

class KubeconfigReader {
  constructor(private readonly path: string) {}

  mistake(message: string, path?: string, value?: unknown): ConfigError {
    return new ConfigError(`the kubeconfig cannot be used: ${message}`, { path, value, file: this.path });
  }

  /** The entry of a list that has this name. */
  named(content: JsonObject, list: string, inner: string, name: unknown): JsonObject {
    const entries = content[list];
    const found = Array.isArray(entries) ? entries.find((one) => isJsonObject(one) && one.name === name) : undefined;
    const value = isJsonObject(found) ? found[inner] : undefined;
    if (!isJsonObject(value)) throw this.mistake(`it has no ${inner} of this name`, list, name);
    return value;
  }

  text(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** What stands in the file as base64, or in another file that it names. */
  async pem(entry: JsonObject, key: string): Promise<string | undefined> {
    const data = this.text(entry[`${key}-data`]);
    if (data !== undefined) return Buffer.from(data, "base64").toString();
    return this.file(entry, key);
  }

  async file(entry: JsonObject, key: string): Promise<string | undefined> {
    const named = this.text(entry[key]);
    if (named === undefined) return undefined;
    return readFile(resolve(dirname(this.path), named), "utf8").catch((error: unknown) => {
      throw this.mistake(reasonOf(error), key, named);
    });
  }
}

async function parse(reader: KubeconfigReader, path: string): Promise<JsonObject> {
  let content: unknown;
  try {
    const { parse: parseYaml } = await import("yaml");
    content = parseYaml(await readFile(path, "utf8"), { logLevel: "error" });
  } catch (error) {
    throw reader.mistake(reasonOf(error));
  }
  if (!isJsonObject(content)) throw reader.mistake("it is no mapping");
  return content;
}

/** Reads the current context of a kubeconfig; certificates, keys and tokens, no programs that make credentials. */
export async function readKubeconfig(path: string): Promise<ClientConfig> {
  const reader = new KubeconfigReader(path);
  const content = await parse(reader, path);
  const context = reader.named(content, "contexts", "context", content["current-context"]);
  const cluster = reader.named(content, "clusters", "cluster", context.cluster);
  const user = reader.named(content, "users", "user", context.user);
  const server = reader.text(cluster.server);
  if (server === undefined || !URL.canParse(server) || new URL(server).protocol !== "https:") {
    throw reader.mistake("the server must be an https URL", "cluster.server", cluster.server);
  }
  const [ca, certificate, key, tokenFile] = await Promise.all([
    reader.pem(cluster, "certificate-authority"),
    reader.pem(user, "client-certificate"),
    reader.pem(user, "client-key"),
    reader.file(user, "tokenFile"),
  ]);
  return {
    server,
    ca,
    certificate,
    key,
    token: reader.text(user.token) ?? tokenFile?.trim(),
    serverName: reader.text(cluster["tls-server-name"]),
    insecure: cluster["insecure-skip-tls-verify"] === true,
    namespace: reader.text(context.namespace) ?? "",
  };
}
