import type { KubeObject } from "@quarterdeck/meta";
import { type OpenResponse, readLines, type TestRequest, type TestServer } from "@quarterdeck/testing";

/** One line of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: KubeObject;
}

/** An open watch whose events are taken one after another. */
export class WatchReader {
  readonly #events: AsyncGenerator<WatchEvent, void>;

  constructor(readonly response: OpenResponse) {
    this.#events = readLines<WatchEvent>(response);
  }

  /** Opens a watch; the answer's head is there when it resolves. */
  static async open(server: TestServer, path: string, request: TestRequest = {}): Promise<WatchReader> {
    return new WatchReader(await server.open(path, request));
  }

  /** The next event; an error when the watch has ended instead. */
  async next(): Promise<WatchEvent> {
    const { value } = await this.#events.next();
    if (value === undefined) throw new Error("the watch has ended");
    return value;
  }

  /** The next events as `TYPE name`. */
  async take(count: number): Promise<string[]> {
    const taken: string[] = [];
    while (taken.length < count) {
      const { type, object } = await this.next();
      taken.push(`${type} ${object.metadata.name ?? ""}`);
    }
    return taken;
  }

  /** All events up to the end of the watch, which the server must bring about. */
  async rest(): Promise<WatchEvent[]> {
    const events: WatchEvent[] = [];
    for await (const event of this.#events) events.push(event);
    return events;
  }

  close(): void {
    this.response.close();
  }
}
