import { readFile } from "node:fs/promises";
import { request } from "node:https";

/** A user of an etcd with authentication. */
export interface EtcdUser {
  readonly username: string;
  readonly password: string;
  /** The user may read and write keys with this prefix; all keys without it. */
  readonly prefix?: string;
}

type Post = (path: string, body: object) => Promise<void>;

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** The first string behind all strings with the prefix; for prefixes that end in an ASCII character below `~`. */
function endOf(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}

function poster(endpoint: string, ca: string | undefined): Post {
  const url = (path: string): string => `${endpoint}/v3/auth/${path}`;
  if (ca === undefined) {
    return async (path, body) => {
      const answer = await fetch(url(path), { method: "POST", body: JSON.stringify(body) });
      if (answer.status !== 200) throw new Error(`etcd answered ${path} with ${await answer.text()}`);
    };
  }
  return async (path, body) => {
    const authority = await readFile(ca);
    await new Promise<void>((resolve, reject) => {
      const sent = request(url(path), { method: "POST", ca: authority, servername: "localhost" }, (answer) => {
        answer.resume();
        if (answer.statusCode === 200) answer.once("end", resolve);
        else reject(new Error(`etcd answered ${path} with ${answer.statusCode}`));
      });
      sent.once("error", reject);
      sent.end(JSON.stringify(body));
    });
  };
}

/** Adds a user, and root with the same password, and turns authentication on. */
export async function enableEtcdUsers(endpoint: string, user: EtcdUser, ca: string | undefined): Promise<void> {
  const post = poster(endpoint, ca);
  const { username, password, prefix } = user;
  await post("user/add", { name: "root", password });
  await post("user/grant", { user: "root", role: "root" });
  if (username !== "root") {
    const zero = base64("\u0000");
    const keys =
      prefix === undefined ? { key: zero, range_end: zero } : { key: base64(prefix), range_end: base64(endOf(prefix)) };
    await post("role/add", { name: "quarterdeck" });
    await post("role/grant", { name: "quarterdeck", perm: { permType: "READWRITE", ...keys } });
    await post("user/add", { name: username, password });
    await post("user/grant", { user: username, role: "quarterdeck" });
  }
  await post("enable", {});
}
