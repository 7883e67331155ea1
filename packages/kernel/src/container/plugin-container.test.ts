import {
  Client,
  definePlugin,
  Field,
  INJECTION_TOKEN,
  Injectable,
  type Lister,
  ListerOf,
  Listers,
  Logger,
  Metrics,
  Paths,
  type PluginDefinition,
  ServedResources,
} from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { TextLogger } from "../logging/text-logger.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";
import { PluginContainer } from "./plugin-container.js";

class Options {
  @Field({ type: "string" }) team!: string;
}

const shared = {
  metrics: { is: "metrics" },
  client: { is: "client" },
  paths: { is: "paths" },
  "served-resources": { is: "served resources" },
  listers: { is: "listers" },
};
const scope = { services: { is: "services" }, routes: { is: "routes" } };
const lister: Lister = {
  get: () => undefined,
  list: () => [],
  getFresh: async () => undefined,
  observe: () => () => {},
};

function container(): PluginContainer {
  return new PluginContainer(shared, {
    logger: (plugin) => new TextLogger(process.stdout, "info", { plugin: plugin.name }),
    lister: (target) => (typeof target === "function" ? `nothing serves ${target.name}` : lister),
  });
}

function loaded(
  plugin: Extract<PluginDefinition, { kind: "admission" }>["plugin"],
  more: object = {},
): LoadedService<"admission"> {
  const definition = definePlugin({ kind: "admission", name: "sample", options: Options, plugin, ...more });
  const options = Object.assign(new Options(), { team: "blue" });
  return {
    kind: "admission",
    name: "sample",
    version: undefined,
    path: "admission[0]",
    origin: "c.ts",
    source: "s.ts",
    definition,
    options,
  };
}

describe("PluginContainer", () => {
  it("injects options, logger, metrics, client, paths, what is served and listers by the constructor's types", () => {
    @Injectable()
    class Everything {
      constructor(
        readonly options: Options,
        readonly logger: Logger,
        readonly metrics: Metrics,
        readonly client: Client,
        readonly paths: Paths,
        readonly served: ServedResources,
        readonly listers: Listers,
        @ListerOf({ group: "", resource: "namespaces" }) readonly namespaces: Lister,
      ) {}
      validate(): void {}
    }
    const made = container().make(loaded(Everything), scope);
    expect(made).toBeInstanceOf(Everything);
    expect(made).toMatchObject({
      options: { team: "blue" },
      metrics: shared.metrics,
      client: shared.client,
      paths: shared.paths,
      served: shared["served-resources"],
      listers: shared.listers,
    });
    expect(made).toHaveProperty("logger.fields", { plugin: "sample" });
    expect(made).toHaveProperty("namespaces", lister);
  });

  it("gives a class without metadata its options when that is its only parameter", () => {
    const plain = new Function("return class Plain { constructor(options) { this.options = options; } }")();
    expect(container().make(loaded(plain), scope)).toMatchObject({ options: { team: "blue" } });
  });

  it("takes the types of a JavaScript plugin from `inject`", () => {
    const plain = new Function(
      "return class Plain { constructor(logger, options) { this.logger = logger; this.options = options; } }",
    )();
    expect(container().make(loaded(plain, { inject: [Logger, Options] }), scope)).toMatchObject({
      options: { team: "blue" },
      logger: { fields: { plugin: "sample" } },
    });
  });

  it("knows the classes of another installed copy of the sdk", () => {
    abstract class OtherLogger {
      static readonly [INJECTION_TOKEN]: string = "logger";
    }
    const plain = new Function("return class Plain { constructor(logger) { this.logger = logger; } }")();
    expect(container().make(loaded(plain, { inject: [OtherLogger] }), scope)).toHaveProperty("logger.fields", {
      plugin: "sample",
    });
  });

  it("makes two plugins of one class, each with its own options", () => {
    class Plain {
      constructor(readonly options: Options) {}
      validate(): void {}
    }
    const both = container();
    const first = both.make(loaded(Plain), scope);
    const second = both.make({ ...loaded(Plain), options: Object.assign(new Options(), { team: "red" }) }, scope);
    expect([first, second]).toMatchObject([{ options: { team: "blue" } }, { options: { team: "red" } }]);
  });

  it.each([
    ["an unknown class", [Map], 'plugin "sample": parameter 1 of Plain of type Map cannot be injected'],
    ["a type that left no trace", [Object], 'plugin "sample": parameter 1 of Plain cannot be injected'],
  ])("refuses %s with plugin, parameter and place", (_what, inject, message) => {
    const plain = new Function("return class Plain { constructor(a) {} }")();
    expect(() => container().make(loaded(plain, { inject }), scope)).toThrow(message);
    expect(() => container().make(loaded(plain, { inject }), scope)).toThrow(
      expect.objectContaining({ path: "admission[0]", file: "c.ts" }),
    );
  });

  it("refuses parameters without types and listers of what is not served", () => {
    const plain = new Function("return class Plain { constructor(a, b) {} }")();
    expect(() => container().make(loaded(plain), scope)).toThrow(
      /the constructor of Plain takes parameters of unknown types: put @Injectable\(\) on the class/,
    );
    class Unserved {}
    @Injectable()
    class Asking {
      constructor(@ListerOf(Unserved) readonly lister: Lister) {}
      validate(): void {}
    }
    expect(() => container().make(loaded(Asking), scope)).toThrow(
      "parameter 1 of Asking cannot be injected: nothing serves Unserved",
    );
  });
});
