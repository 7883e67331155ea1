import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type ApiClient, ConnectionLost } from "../process/api-client.js";
import { bodyOf, COLLECTIONS, type Sight, sightOf } from "../process/collection.js";
import type { History, OperationLine } from "./history.js";
import type { Key, KeyPool } from "./key-pool.js";
import { recordList } from "./record-list.js";
import { type PlannedWrite, recordTransaction } from "./record-transaction.js";

const OUTCOMES: { readonly [status: number]: string } = { 200: "ok", 201: "ok", 404: "absent" };
const PAUSE = 8;

type Verb = OperationLine["verb"];

/** Each entry is as likely as any other; a verb that ends in `?` names the resourceVersion that it expects. */
const CHOICES = [
  ...Array<string>(6).fill("get"),
  ...Array<string>(5).fill("create"),
  ...Array<string>(8).fill("update?"),
  ...Array<string>(3).fill("update"),
  ...Array<string>(3).fill("patch"),
  ...Array<string>(2).fill("delete"),
  ...["get~", "patch?", "delete?", "list", "list", "transact", "transact"],
];

function oneOf<T>(choices: readonly T[]): T {
  const chosen = choices[Math.floor(Math.random() * choices.length)];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
}

/** A client that does one operation after another, each at any of the servers, and writes down what came of it. */
export class RecordingClient {
  #writes = 0;

  constructor(
    readonly id: number,
    private readonly servers: readonly ApiClient[],
    private readonly pool: KeyPool,
    private readonly history: History,
    /** Whether a transaction may write two objects of one collection. */
    private readonly anyPair: boolean,
  ) {}

  /** Goes on until the signal; an operation that has begun is finished. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const choice = oneOf(CHOICES);
      const reached = await this.#do(choice);
      await sleep(reached ? Math.random() * PAUSE : 20 + Math.random() * 50);
    }
  }

  /** Deletes an object as the run does. */
  async remove(key: Key): Promise<void> {
    await this.#operate(key, "delete", oneOf(this.servers));
  }

  /** Creates an object that nobody else writes and tells its revision; undefined when that did not work. */
  async mark(key: Key): Promise<number | undefined> {
    await this.#operate(key, "create", oneOf(this.servers));
    return this.pool.revisionOf(key);
  }

  #do(choice: string): Promise<boolean> {
    if (choice === "list") return this.#list();
    if (choice === "transact") return this.#transact();
    return this.#operate(oneOf(this.pool.keys), choice, oneOf(this.servers));
  }

  async #transact(): Promise<boolean> {
    const planned = this.#keysOfTransaction().map((key): PlannedWrite => {
      const verb = oneOf(["create", "update", "update", "patch"] as const);
      const expected = verb === "update" ? this.pool.revisionOf(key) : undefined;
      const write = { verb, resource: key.collection.resource, name: key.name, value: this.#nextValue() };
      return { key, ...write, side: oneOf(["left", "right"]), ...(expected === undefined ? {} : { expected }) };
    });
    const done = await recordTransaction(this.id, oneOf(this.servers), planned, this.history);
    for (const [index, { seen }] of (done ?? []).entries()) {
      const key = planned[index]?.key;
      if (key !== undefined && seen !== undefined) this.pool.saw(key, seen.revision);
    }
    return done !== undefined;
  }

  /**
   * Two objects. They are of different collections where servers are killed: whoever was told half of a revision when the
   * connection broke goes on behind it, and the protocol of Kubernetes has no means against that.
   */
  #keysOfTransaction(): Key[] {
    const { keys } = this.pool;
    const first = oneOf(keys);
    const fits = ({ collection }: Key) => this.anyPair || collection !== first.collection;
    return [first, oneOf(keys.filter((key) => key !== first && fits(key)))];
  }

  #list(): Promise<boolean> {
    const revisions = this.pool.keys.map((key) => this.pool.revisionOf(key) ?? 0);
    return recordList(this.id, oneOf(this.servers), oneOf(COLLECTIONS), Math.max(0, ...revisions), this.history);
  }

  /** False when the server could not be reached, which is no part of the history. */
  async #operate(key: Key, choice: string, server: ApiClient): Promise<boolean> {
    const verb = verbOf(choice);
    const conditional = choice.endsWith("?");
    const expected = conditional ? this.pool.revisionOf(key) : undefined;
    if (conditional && expected === undefined) return this.#operate(key, "get", server);
    const writes = verb !== "get" && verb !== "delete";
    const write = writes ? { value: this.#nextValue(), side: oneOf(["left", "right"]) } : {};
    const { method, path, body } = requestOf(key, verb, choice, write, expected);
    const line = {
      kind: "operation" as const,
      client: this.id,
      verb,
      resource: key.collection.resource,
      name: key.name,
      ...write,
      ...(expected === undefined ? {} : { expected }),
      ...(choice === "get~" ? { fresh: false } : {}),
      call: this.history.now(),
    };
    try {
      const answer = await server.request(method, path, body);
      const result = resultOf(verb, answer);
      if (result === undefined) return false;
      if (result.seen !== undefined && choice !== "get~") this.pool.saw(key, result.seen.revision);
      this.history.write({
        ...line,
        ...(result.outcome === "unknown" ? {} : { return: this.history.now() }),
        ...result,
      });
      return result.outcome !== "unknown";
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      if (error.reached && verb !== "get") this.history.write({ ...line, outcome: "unknown" });
      return false;
    }
  }

  #nextValue(): string {
    this.#writes += 1;
    return `c${this.id}-${this.#writes}`;
  }
}

function verbOf(choice: string): Verb {
  const verb = choice.replace(/[?~]$/, "");
  if (verb === "create" || verb === "update" || verb === "patch" || verb === "delete") return verb;
  return "get";
}

function requestOf(
  { collection, name }: Key,
  verb: Verb,
  choice: string,
  { value = "", side = "" }: { value?: string; side?: string },
  expected: number | undefined,
): { method: string; path: string; body?: object } {
  const path = `${collection.path}/${name}`;
  const body = bodyOf(collection, name, value, side, expected);
  switch (verb) {
    case "get":
      return { method: "GET", path: choice === "get~" ? `${path}?resourceVersion=0` : path };
    case "create":
      return { method: "POST", path: collection.path, body };
    case "update":
      return { method: "PUT", path, body };
    case "patch":
      return { method: "PATCH", path, body };
    case "delete":
      return {
        method: "DELETE",
        path,
        ...(expected === undefined ? {} : { body: { preconditions: { resourceVersion: String(expected) } } }),
      };
  }
}

/** What an answer says about the operation; undefined when it says nothing, as of a read that was not answered. */
function resultOf(
  verb: Verb,
  { status, text }: Answer,
): { outcome: string; seen?: Sight; message?: string } | undefined {
  if (status === 429) return undefined;
  if (status === 503 || status === 504) return verb === "get" ? undefined : { outcome: "unknown" };
  if (status === 409) return { outcome: JSON.parse(text).reason === "AlreadyExists" ? "exists" : "conflict" };
  const outcome = OUTCOMES[status];
  if (outcome === undefined) return { outcome: "error", message: `${status}: ${text}` };
  return outcome === "ok" && verb !== "delete" ? { outcome, seen: sightOf(JSON.parse(text)) } : { outcome };
}
