import { isJsonObject, type KubeObject, StatusError } from "@quarterdeck/meta";
import type { Client, Lister, Logger, ResourceClient } from "@quarterdeck/sdk";
import { AUTO_UPDATE } from "../bootstrap/bootstrap-objects.js";
import { MANDATORY_LEVELS, MANDATORY_SCHEMAS } from "../bootstrap/mandatory-objects.js";
import { SUGGESTED_LEVELS, SUGGESTED_SCHEMAS } from "../bootstrap/suggested-objects.js";
import { danglingStatus } from "./dangling-status.js";
import { keptObject } from "./kept-object.js";

const GROUP = "flowcontrol.apiserver.k8s.io";
/** Changes that come together are looked at together. */
const SOON_MILLISECONDS = 200;
/** How long a failure keeps it from trying again. */
const RETRY_MILLISECONDS = 5000;

/** The objects of one kind that a server keeps. */
interface Kept {
  readonly lister: Lister;
  readonly client: ResourceClient;
  readonly mandatory: readonly KubeObject[];
  readonly suggested: readonly KubeObject[];
}

/**
 * Keeps the mandatory objects as they must be and the suggested ones as long as nobody else wants to, and writes to each
 * flow schema whether its priority level exists. Writes nothing when all is as it should be.
 */
export class ObjectKeeper {
  readonly #kinds: readonly Kept[];
  readonly #schemas: Kept;
  readonly #levels: Lister;
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #again = false;
  #stopped = true;

  constructor(
    client: Client,
    private readonly logger: Logger,
    schemas: Lister,
    levels: Lister,
  ) {
    this.#levels = levels;
    this.#schemas = {
      lister: schemas,
      client: client.resource({ group: GROUP, resource: "flowschemas" }),
      mandatory: MANDATORY_SCHEMAS,
      suggested: SUGGESTED_SCHEMAS,
    };
    const kind = client.resource({ group: GROUP, resource: "prioritylevelconfigurations" });
    const kept = { lister: levels, client: kind, mandatory: MANDATORY_LEVELS, suggested: SUGGESTED_LEVELS };
    this.#kinds = [kept, this.#schemas];
  }

  /** Resolves when all objects are there, and say whether they are good for anything. */
  async start(): Promise<void> {
    this.#stopped = false;
    await this.#keep();
    await this.#tellDangling();
    // A cache that lags behind its store has not heard of all of them.
    this.soon();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Something has changed. */
  soon(): void {
    this.#in(SOON_MILLISECONDS);
  }

  #in(milliseconds: number): void {
    if (this.#stopped) return;
    if (this.#running) this.#again = true;
    else this.#timer ??= setTimeout(() => void this.#run(), milliseconds).unref();
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#running = true;
    let pause = SOON_MILLISECONDS;
    try {
      await this.#keep();
      await this.#tellDangling();
    } catch (error) {
      this.#again = true;
      pause = RETRY_MILLISECONDS;
      if (!this.#stopped) this.logger.warn("the objects of flow control cannot be kept", { error });
    } finally {
      this.#running = false;
    }
    if (!this.#again) return;
    this.#again = false;
    this.#in(pause);
  }

  /** What is missing is made, what must be different is changed, what this server no longer suggests goes. */
  async #keep(): Promise<void> {
    await Promise.all(this.#kinds.flatMap((kind) => this.#keepKind(kind)));
  }

  #keepKind({ lister, client, mandatory, suggested }: Kept): Promise<unknown>[] {
    const writes: Promise<unknown>[] = [];
    for (const wanted of [...mandatory, ...suggested]) {
      const current = lister.get(wanted.metadata.name ?? "");
      if (current === undefined) writes.push(settled(client.create(structuredClone(wanted))));
      else {
        const better = keptObject(current, wanted, mandatory.includes(wanted));
        if (better !== undefined) writes.push(settled(client.update(better)));
      }
    }
    const known = new Set([...mandatory, ...suggested].map(({ metadata }) => metadata.name));
    for (const { metadata } of lister.list()) {
      if (known.has(metadata.name) || metadata.annotations?.[AUTO_UPDATE] !== "true") continue;
      writes.push(settled(client.delete({ name: metadata.name ?? "" })));
    }
    return writes;
  }

  async #tellDangling(): Promise<void> {
    const { lister, client } = this.#schemas;
    const writes: Promise<unknown>[] = [];
    for (const schema of lister.list()) {
      const spec: unknown = schema.spec;
      const reference = isJsonObject(spec) ? spec.priorityLevelConfiguration : undefined;
      const level = isJsonObject(reference) ? String(reference.name) : "";
      const status = danglingStatus(schema, level, this.#levels.get(level) !== undefined, new Date());
      if (status !== undefined) writes.push(settled(client.updateStatus({ ...structuredClone(schema), status })));
    }
    await Promise.all(writes);
  }
}

/** Another server may have been faster: what it wrote is looked at when it is heard of. */
async function settled(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!StatusError.is(error) || (error.code !== 404 && error.code !== 409)) throw error;
  }
}
