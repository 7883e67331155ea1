import { expect, it } from "vitest";
import { isOwnSlice, wantedEndpoints, wantedSlices } from "./wanted-objects.js";

const PLACES = [
  { address: "192.0.2.2", port: 6443 },
  { address: "192.0.2.1", port: 6443 },
  { address: "192.0.2.1", port: 6443 },
  { address: "fd00::1", port: 6443 },
  { address: "192.0.2.1", port: 8443 },
];

it("lists each server once, by port and in order", () => {
  expect(wantedEndpoints(PLACES).subsets).toEqual([
    {
      addresses: [{ ip: "192.0.2.1" }, { ip: "192.0.2.2" }, { ip: "fd00::1" }],
      ports: [{ name: "https", port: 6443, protocol: "TCP" }],
    },
    { addresses: [{ ip: "192.0.2.1" }], ports: [{ name: "https", port: 8443, protocol: "TCP" }] },
  ]);
  expect(wantedEndpoints([])).not.toHaveProperty("subsets");
});

it("gives each port and family a slice of its own", () => {
  const slices = wantedSlices(PLACES).map(({ metadata, addressType, endpoints }) => [
    metadata.name,
    addressType,
    JSON.stringify(endpoints),
  ]);
  const ready = (...addresses: string[]) =>
    JSON.stringify(addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })));
  expect(slices).toEqual([
    ["kubernetes", "IPv4", ready("192.0.2.1", "192.0.2.2")],
    ["kubernetes-6443-ipv6", "IPv6", ready("fd00::1")],
    ["kubernetes-8443-ipv4", "IPv4", ready("192.0.2.1")],
  ]);
  expect(slices.every(([name]) => isOwnSlice(String(name)))).toBe(true);
  expect(isOwnSlice("kubernetes-mine")).toBe(false);
});

it("keeps an empty slice while no server is there", () => {
  expect(wantedSlices([])).toMatchObject([{ metadata: { name: "kubernetes" }, endpoints: [], ports: [] }]);
});
