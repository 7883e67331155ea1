import type { TestResponse, TestServer } from "@quarterdeck/testing";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { create, listOf } from "./api-objects.js";
import { startExampleServer } from "./example-server.js";
import { rollout, rolloutsOf } from "./rollouts.js";
import { widgetsOf } from "./widget.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const STORED = [MAPS, rolloutsOf("default"), widgetsOf("default"), "/api/v1/namespaces"];

/**
 * A server for the tests of one `describe` that has the config map and the rollout `there`. After each test all that it
 * stores must be as before, no prototype may have got a member, and it must be ready.
 */
export class UntouchedServer {
  #server: TestServer | undefined;
  #stored = "";

  /** To be called where hooks may be. */
  constructor() {
    beforeAll(async () => {
      this.#server = await startExampleServer();
      await create(this.#server, MAPS, { metadata: { name: "there" }, data: { a: "1" } });
      await create(this.#server, rolloutsOf("default"), rollout("there"));
      this.#stored = await this.#read();
    });
    afterEach(async () => {
      expect(await this.#read()).toBe(this.#stored);
      expect((await this.server.request("/readyz")).text()).toBe("ok");
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(Reflect.get({}, "polluted")).toBeUndefined();
    });
    afterAll(() => this.server.stop());
  }

  get server(): TestServer {
    if (this.#server === undefined) throw new Error("the server has not been started");
    return this.#server;
  }

  send(method: string, path: string, type: string, body: string | Buffer): Promise<TestResponse> {
    return this.server.request(path, { method, headers: { "content-type": type }, body });
  }

  /** Creates a config map unless told otherwise. */
  post(body: string | Buffer, type = "application/json", path = MAPS): Promise<TestResponse> {
    return this.send("POST", path, type, body);
  }

  async #read(): Promise<string> {
    const lists = await Promise.all(STORED.map((path) => this.server.request(path)));
    return JSON.stringify(lists.map((response) => listOf(response).items));
  }
}
