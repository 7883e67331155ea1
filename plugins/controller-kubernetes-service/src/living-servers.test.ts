import type { KubeObject } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import { LivingServers } from "./living-servers.js";
import { leaseName } from "./server-place.js";

function lease(address: string, renewals: number): KubeObject {
  const place = { address, port: 6443 };
  return {
    apiVersion: "x/v1",
    kind: "ApiServerLease",
    metadata: { name: leaseName(place) },
    spec: { ...place, renewals },
  };
}

it("counts a server as long as its lease changes, by the clock of whoever looks", () => {
  const living = new LivingServers();
  const addresses = (now: number, ...leases: KubeObject[]) => living.of(leases, now).map(({ address }) => address);
  expect(addresses(0, lease("a", 1), lease("b", 7))).toEqual(["a", "b"]);
  expect(addresses(10_000, lease("a", 2), lease("b", 7))).toEqual(["a", "b"]);
  expect(addresses(20_000, lease("a", 2), lease("b", 7))).toEqual(["a", "b"]);
  expect(addresses(30_000, lease("a", 3), lease("b", 7))).toEqual(["a"]);
  expect(addresses(40_000, lease("a", 4), lease("b", 8))).toEqual(["a", "b"]);
});

it("forgets a lease that is gone", () => {
  const living = new LivingServers();
  living.of([lease("a", 1)], 0);
  living.of([], 10_000);
  expect(living.of([lease("a", 1)], 30_000)).toEqual([{ address: "a", port: 6443 }]);
});

it("names leases by address and port", () => {
  expect(leaseName({ address: "192.0.2.1", port: 6443 })).toBe("192.0.2.1:6443");
  expect(leaseName({ address: "fd00::1", port: 6443 })).toBe("[fd00::1]:6443");
});
