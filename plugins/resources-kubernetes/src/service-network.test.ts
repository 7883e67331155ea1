import type { Services } from "@quarterdeck/sdk";
import { ServiceNetwork } from "@quarterdeck/service-network";
import { expect, it } from "vitest";
import { ConfigMap } from "./core/config-map/config-map.js";
import { Service } from "./core/service/service.js";
import { KubernetesOptions } from "./kubernetes-options.js";
import { IPAddress } from "./networking/ip-address/ip-address.js";
import { networkKinds, provideServiceNetwork } from "./service-network.js";

function provided(serviceClusterIPRange: string, serviceNodePortRange = "30000-32767"): object[] {
  const found: object[] = [];
  const services: Services = { provide: (_, implementation) => void found.push(implementation), find: () => undefined };
  const options = Object.assign(new KubernetesOptions(), { serviceClusterIPRange, serviceNodePortRange });
  provideServiceNetwork(options, services);
  return found;
}

it("is made of the ranges of the options", () => {
  const [network] = provided("10.96.0.0/16, fd00::/108", "30000-30010");
  if (!(network instanceof ServiceNetwork)) throw new Error("there is no network");
  expect(network.ranges.map(String)).toEqual(["10.96.0.0/16", "fd00::/108"]);
  expect(network.ips.families).toEqual(["IPv4", "IPv6"]);
  expect(String(network.ports.range)).toBe("30000-30010");
});

it.each([
  [
    "10.0.0.0",
    "30000-32767",
    /serviceClusterIPRange must be a CIDR, or one of each IP family with a comma: 10\.0\.0\.0/,
  ],
  ["10.0.0.0/16,10.1.0.0/16", "30000-32767", /one of each IP family/],
  ["10.0.0.0/16,fd00::/64,fd01::/64", "30000-32767", /one of each IP family/],
  ["fd00::/48", "30000-32767", /the shortest prefix of an IPv6 range is 64/],
  ["10.0.0.0/16", "30000", /serviceNodePortRange must be two ports with a dash: 30000/],
])("is not made of %s and %s", (ranges, ports, message) => {
  expect(() => provided(ranges, ports)).toThrow(message);
  const options = Object.assign(new KubernetesOptions(), {
    serviceClusterIPRange: ranges,
    serviceNodePortRange: ports,
  });
  expect(() => networkKinds([Service], options)).toThrow(message);
});

it("needs kinds that are stored where services are served", () => {
  const kinds = (...chosen: Parameters<typeof networkKinds>[0]) => networkKinds(chosen, {}).map(({ name }) => name);
  expect(kinds(ConfigMap)).toEqual([]);
  expect(kinds(Service, IPAddress)).toEqual(["NodePortClaim", "ApiServerLease"]);
  expect(kinds(Service)).toEqual(["NodePortClaim", "ApiServerLease", "UnservedIPAddress"]);
});
