import { setTimeout as sleep } from "node:timers/promises";
import { type ApiClient, ConnectionLost } from "../process/api-client.js";
import { bodyOf, COLLECTIONS } from "../process/collection.js";

/** Objects of each collection that the writers share. */
const OBJECTS = 200;
/** What any write may be answered by while others write, and while the storage is away. */
const ORDINARY = [200, 201, 404, 409, 429, 503, 504];

/** Creates, updates and deletes objects that it shares with the other writers, at a steady pace. */
export class SoakWriter {
  readonly #answers = new Map<string, number>();
  readonly #failures: string[] = [];
  /** True while the server is being killed: then connections may be lost, at other times never. */
  disturbed = false;

  constructor(
    readonly id: number,
    private readonly client: ApiClient,
    private readonly pause: number,
  ) {}

  /** How often each answer was given, such as `PUT 200`. */
  get answers(): ReadonlyMap<string, number> {
    return this.#answers;
  }

  /** Answers that no writer may ever get. */
  get failures(): readonly string[] {
    return this.#failures;
  }

  async run(signal: AbortSignal): Promise<void> {
    for (let write = 0; !signal.aborted; write++) {
      await this.#write(`w${this.id}-${write}`);
      await sleep(this.pause * (0.5 + Math.random()));
    }
  }

  async #write(value: string): Promise<void> {
    const collection = COLLECTIONS[Math.floor(Math.random() * COLLECTIONS.length)] ?? COLLECTIONS[0];
    if (collection === undefined) return;
    const name = `object-${Math.floor(Math.random() * OBJECTS)}`;
    const path = `${collection.path}/${name}`;
    const body = bodyOf(collection, name, value, "left");
    const method = ["PUT", "PUT", "PUT", "PATCH", "DELETE"][Math.floor(Math.random() * 5)] ?? "PUT";
    const status = await this.#send(method, path, method === "DELETE" ? undefined : body);
    // What is not there is made, so that about four of five objects exist at any time.
    if (status === 404 && method !== "DELETE") await this.#send("POST", collection.path, body);
  }

  async #send(method: string, path: string, body: object | undefined): Promise<number> {
    try {
      const { status, text } = await this.client.request(method, path, body);
      this.#count(`${method} ${status}`);
      if (!ORDINARY.includes(status)) this.#failures.push(`${method} ${path} was answered ${status}: ${text}`);
      return status;
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      this.#count(`${method} lost`);
      if (!this.disturbed) this.#failures.push(`${method} ${path}: ${error.message}`);
      return 0;
    }
  }

  #count(answer: string): void {
    this.#answers.set(answer, (this.#answers.get(answer) ?? 0) + 1);
  }
}
