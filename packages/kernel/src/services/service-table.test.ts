import { INJECTION_TOKEN } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import type { RouteMap } from "./plugin-routes.js";
import { StagedRoutes } from "./plugin-routes.js";
import { ServiceTable, StagedServices } from "./service-table.js";

abstract class Clock {
  static readonly [INJECTION_TOKEN]: string = "test-clock";
  abstract now(): number;
}

describe("services", () => {
  it("finds what is provided by the name of its token, also by another copy of the class", () => {
    abstract class OtherClock {
      static readonly [INJECTION_TOKEN]: string = "test-clock";
      abstract now(): number;
    }
    const table = new ServiceTable();
    expect(table.find(Clock)).toBeUndefined();
    table.provide(Clock, { now: () => 1 });
    expect(table.find(OtherClock)?.now()).toBe(1);
  });

  it("shows what a generation provides to itself alone, until it is adopted", () => {
    const table = new ServiceTable();
    table.provide(Clock, { now: () => 1 });
    const staged = new StagedServices(table);
    expect(staged.find(Clock)?.now()).toBe(1);
    staged.provide(Clock, { now: () => 2 });
    expect([staged.find(Clock)?.now(), table.find(Clock)?.now()]).toEqual([2, 1]);
    staged.adopt(undefined);
    expect(table.find(Clock)?.now()).toBe(2);
    staged.provide(Clock, { now: () => 3 });
    expect([staged.find(Clock)?.now(), table.find(Clock)?.now()]).toEqual([3, 3]);
  });
});

describe("services of plugins that are replaced", () => {
  abstract class Bell {
    static readonly [INJECTION_TOKEN]: string = "test-bell";
    abstract ring(): string;
  }

  it("go, also what was provided late, but not what stands in their place", () => {
    const table = new ServiceTable();
    const [first, second] = [new StagedServices(table), new StagedServices(table)];
    first.provide(Clock, { now: () => 1 });
    first.adopt(undefined);
    first.provide(Bell, { ring: () => "one" });
    second.provide(Clock, { now: () => 2 });
    second.adopt(first);
    expect(table.find(Clock)?.now()).toBe(2);
    expect(table.find(Bell)).toBeUndefined();
    first.provide(Bell, { ring: () => "late" });
    expect(table.find(Bell)).toBeUndefined();
  });
});

describe("routes of plugins", () => {
  it("change hands when a generation is adopted, and those that nobody answers go", () => {
    const routes: RouteMap = new Map();
    const first = new StagedRoutes(routes);
    first.get("/a", () => {});
    first.get("/b", () => {}, { listed: false });
    expect([...routes]).toEqual([]);
    first.adopt(undefined);
    expect([...routes].map(([path, { listed }]) => [path, listed])).toEqual([
      ["/a", true],
      ["/b", false],
    ]);
    const second = new StagedRoutes(routes);
    second.get("/b", () => {});
    second.adopt(first);
    expect([...routes.keys()]).toEqual(["/b"]);
    second.get("/late", () => {});
    expect([...routes.keys()]).toEqual(["/b", "/late"]);
  });
});
