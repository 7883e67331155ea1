import { AsyncResource, createHook } from "node:async_hooks";
import type { Config, Controller, ResourceReferenceEntry, ServicePlugin } from "@quarterdeck/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HeldController } from "./plugin/held-controller.js";
import { startTestServer, type TestServer } from "./server/start-test-server.js";

/** A piece of work for the controller. */
export interface ControllerWork {
  /** Makes the objects that it has to do something about; the name is another one each time. */
  give(server: TestServer, name: string): Promise<unknown>;
  /** True once it has done what it should about them. */
  isDone(server: TestServer, name: string): Promise<boolean>;
}

/** A controller under test. */
export interface ControllerContractOptions {
  /** What the package exports as default. */
  readonly plugin: ServicePlugin<"controller">;
  readonly options?: object;
  /** Of the server, without `controllers`. */
  readonly config?: Config;
  readonly resources?: readonly ResourceReferenceEntry[];
  readonly work: ControllerWork;
  /** True for one that looks at everything at its start and then only after a long time. */
  readonly seldom?: boolean;
}

const PATIENCE = 20_000;

/** Counts the timers that `run`, and what it has begun, leaves behind. */
async function timersLeftBy(run: () => Promise<unknown>, end: () => Promise<unknown>): Promise<number> {
  const tree = new Set<number>();
  const timers = new Set<number>();
  const hook = createHook({
    init(id, type, trigger) {
      if (!tree.has(trigger)) return;
      tree.add(id);
      if (type === "Timeout") timers.add(id);
    },
    destroy: (id) => void timers.delete(id),
  }).enable();
  try {
    const root = new AsyncResource("controller-contract");
    tree.add(root.asyncId());
    await root.runInAsyncScope(run);
    await end();
    // The end of a timer is told in a turn of its own.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    return timers.size;
  } finally {
    hook.disable();
  }
}

/** The suite that every controller passes, in a server of its own: call it at the top of a vitest file. */
export function controllerContract(options: ControllerContractOptions): void {
  const { plugin, work } = options;
  describe(`${plugin.name} keeps the controller contract`, () => {
    const held = new HeldController(plugin);
    let server: TestServer;
    let controller: Controller;

    beforeAll(async () => {
      const { config, resources = [] } = options;
      const controllers = [held.reference(options.options)];
      server = await startTestServer({ config: { ...config, controllers }, resources });
      controller = held.controller;
    });
    afterAll(async () => {
      await controller.stop();
      await server.stop();
    });

    const again = async (): Promise<void> => {
      await controller.stop();
      await controller.start({ shared: false });
    };
    const done = (name: string) =>
      expect.poll(() => work.isDone(server, name), { timeout: PATIENCE, message: `it did nothing about ${name}` });

    it("does nothing before it is started, and then what there is to do", async () => {
      await work.give(server, "first");
      for (let turn = 0; turn < 5; turn++) expect(await work.isDone(server, "first")).toBe(false);
      await controller.start({ shared: false });
      await done("first").toBe(true);
    });

    it("goes on with what comes", async () => {
      await work.give(server, "second");
      if (options.seldom === true) await again();
      await done("second").toBe(true);
    });

    it("does nothing after it was stopped, also twice, and goes on when it is started again", async () => {
      await controller.stop();
      await controller.stop();
      await work.give(server, "third");
      for (let turn = 0; turn < 5; turn++) expect(await work.isDone(server, "third")).toBe(false);
      await controller.start({ shared: false });
      await done("third").toBe(true);
    });

    it("has the same outcome however often it is started", async () => {
      for (let term = 0; term < 3; term++) await again();
      await work.give(server, "fourth");
      if (options.seldom === true) await again();
      await done("fourth").toBe(true);
      for (const name of ["first", "second", "third"]) expect(await work.isDone(server, name)).toBe(true);
    });

    it("leaves no timer running", async () => {
      await controller.stop();
      const left = await timersLeftBy(
        async () => controller.start({ shared: false }),
        async () => controller.stop(),
      );
      expect(left).toBe(0);
    });
  });
}
